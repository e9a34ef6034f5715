-- A store as the program of 2026-11-25 (commit dec7293) left it: staff, two keys, a loan, a figure of its own, a PIN,
-- a signed day. Written by that program's own commands; sqlite3's dump of the file. Never edit it: the next old state
-- of the schema that matters gets a file of its own.
BEGIN TRANSACTION;
CREATE TABLE "approvals_decision" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "step" INT NOT NULL,
    "by_login" VARCHAR(64) NOT NULL,
    "verdict" VARCHAR(16) NOT NULL  /* APPROVED: approved\nREFUSED: refused */,
    "note" VARCHAR(500) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "by_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "request_id" INT NOT NULL REFERENCES "approvals_request" ("id") ON DELETE RESTRICT
);
CREATE TABLE "approvals_deputy" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "role" VARCHAR(32) NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "deputy_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "staff_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "approvals_finding" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "area" VARCHAR(32) NOT NULL,
    "record_id" INT,
    "rule" VARCHAR(48) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "figure_fen" INT,
    "state" VARCHAR(16) NOT NULL  /* OPEN: open\nACCEPTED: accepted\nREJECTED: rejected */,
    "found_at" TIMESTAMP NOT NULL,
    "decided_by" VARCHAR(64) NOT NULL,
    "decision" VARCHAR(500) NOT NULL,
    "person_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
, "words" TEXT NOT NULL DEFAULT '');
CREATE TABLE "approvals_request" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "kind" VARCHAR(64) NOT NULL,
    "record_id" INT NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "requester_login" VARCHAR(64) NOT NULL,
    "step" INT NOT NULL,
    "state" VARCHAR(16) NOT NULL  /* ASKED: asked\nAPPROVED: approved\nREFUSED: refused\nWITHDRAWN: withdrawn */,
    "opened_at" TIMESTAMP NOT NULL,
    "requester_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
, "words" TEXT NOT NULL DEFAULT '');
CREATE TABLE "house_body" (
    "seq" INT NOT NULL  PRIMARY KEY,
    "salt" VARCHAR(32) NOT NULL,
    "body" TEXT
);
INSERT INTO "house_body" VALUES(1,'67e9dce9321179acaf47b7a0bf5cedf3','{"outcome":"done","name":"system","rules":[],"input":{"login":"admin","name":"","role":"admin"},"text":{"text":"people.done.first_admin","args":{"login":"admin"}},"changes":[{"table":"people_staff","key":"1","before":null,"after":{"id":1,"version":1,"search":"admin admin admin","login":"admin","number":"admin","name":"admin","phone":"","department":"","post":"","hired_on":null,"left_on":null,"team_id":null}},{"table":"people_role","key":"1","before":null,"after":{"id":1,"version":1,"search":"","role":"admin","first_day":"2026-11-30","last_day":null,"granted_by":"system","staff_id":1}}]}');
INSERT INTO "house_body" VALUES(2,'31daeeec4228374b123871b25067c48c','{"outcome":"done","name":"admin","rules":[],"input":{"number":"1001","name":"王芳","login":"wang.fang","department":"客服部","team":"","post":"","phone":"","role":""},"text":{"text":"people.done.created","args":{"name":"王芳","number":"1001"}},"changes":[{"table":"people_staff","key":"2","before":null,"after":{"id":2,"version":1,"search":"王芳 wang.fang 1001\nwfwang.fang1001 wangfangwang.fang1001","login":"wang.fang","number":"1001","name":"王芳","phone":"","department":"customer_service","post":"","hired_on":null,"left_on":null,"team_id":null}}]}');
INSERT INTO "house_body" VALUES(3,'47122eea9d9464513336d87e120f7619','{"outcome":"done","name":"admin","rules":[],"input":{"number":"1002","name":"李强","login":"li.qiang","department":"工程部","team":"","post":"","phone":"","role":""},"text":{"text":"people.done.created","args":{"name":"李强","number":"1002"}},"changes":[{"table":"people_staff","key":"3","before":null,"after":{"id":3,"version":1,"search":"李强 li.qiang 1002\nlqli.qiang1002 liqiangli.qiang1002","login":"li.qiang","number":"1002","name":"李强","phone":"","department":"engineering","post":"","hired_on":null,"left_on":null,"team_id":null}}]}');
INSERT INTO "house_body" VALUES(4,'cd83b30e2ae41cef16d500bcef65b6a6','{"outcome":"done","name":"admin","rules":["keys-01","keys-02","keys-08","keys-09","keys-10","keys-13","keys-19"],"input":{},"text":{"text":"engine.imported","args":{"part":1,"created":2,"updated":0,"unchanged":0,"refused":0}},"changes":[{"table":"keys_building","key":"1","before":null,"after":{"id":1,"version":1,"search":"3","block":"3","natural":"000003","units":0,"floors":0,"taken_over_on":null,"state":"taken_over","owner_kinds":"","custodian_id":null,"deputy_id":null}},{"table":"keys_space","key":"1","before":null,"after":{"id":1,"version":1,"search":"3-2 501","code":"3-2 501","name":"3-2 501","natural":"000003 000002 1000005 000001","kind":"public_door_window","unit":"2","floor":"5","room":"01","equipment_room_name":"","owner_name":"","building_id":1}},{"table":"keys_space","key":"2","before":null,"after":{"id":2,"version":1,"search":"3-2 502","code":"3-2 502","name":"3-2 502","natural":"000003 000002 1000005 000002","kind":"public_door_window","unit":"2","floor":"5","room":"02","equipment_room_name":"","owner_name":"","building_id":1}},{"table":"keys_key","key":"1","before":null,"after":{"id":1,"version":1,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"none","received_on":"2026-11-30","chain":"","holder_id":null,"ring_id":null,"space_id":1}},{"table":"keys_key","key":"2","before":null,"after":{"id":2,"version":1,"search":"3-2-502-a 3-2 502","tag_no":"3-2-502-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 502","natural":"000003 000002 1000005 000002 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"none","received_on":"2026-11-30","chain":"","holder_id":null,"ring_id":null,"space_id":2}},{"table":"keys_custody_event","key":"1","before":null,"after":{"id":1,"version":1,"search":"","at":"2026-11-29 16:30:50.586186+00:00","kind":"receive","from_holder":"none","to_holder":"cabinet:customer_service","record_ref":"","by":"admin","prev_hash":"","hash":"f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493","key_id":1}},{"table":"keys_custody_event","key":"2","before":null,"after":{"id":2,"version":1,"search":"","at":"2026-11-29 16:30:50.586186+00:00","kind":"receive","from_holder":"none","to_holder":"cabinet:customer_service","record_ref":"","by":"admin","prev_hash":"","hash":"44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98","key_id":2}},{"table":"keys_key","key":"1","before":{"id":1,"version":1,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"none","received_on":"2026-11-30","chain":"","holder_id":null,"ring_id":null,"space_id":1},"after":{"id":1,"version":2,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493","holder_id":null,"ring_id":null,"space_id":1}},{"table":"keys_key","key":"2","before":{"id":2,"version":1,"search":"3-2-502-a 3-2 502","tag_no":"3-2-502-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 502","natural":"000003 000002 1000005 000002 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"none","received_on":"2026-11-30","chain":"","holder_id":null,"ring_id":null,"space_id":2},"after":{"id":2,"version":2,"search":"3-2-502-a 3-2 502","tag_no":"3-2-502-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 502","natural":"000003 000002 1000005 000002 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98","holder_id":null,"ring_id":null,"space_id":2}}]}');
INSERT INTO "house_body" VALUES(5,'d3eab788b69b66d1cfb2382626f847a7','{"outcome":"done","name":"admin","rules":["keys-12","keys-13"],"input":{},"text":{"text":"keys.done.labelled","args":{"count":1}},"changes":[{"table":"keys_custody_event","key":"3","before":null,"after":{"id":3,"version":1,"search":"","at":"2026-11-29 16:30:51.981482+00:00","kind":"label","from_holder":"cabinet:customer_service","to_holder":"cabinet:customer_service","record_ref":"","by":"admin","prev_hash":"f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493","hash":"9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e","key_id":1}},{"table":"keys_key","key":"1","before":{"id":1,"version":2,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493","holder_id":null,"ring_id":null,"space_id":1},"after":{"id":1,"version":3,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":1,"label_owed_since":"2026-11-30","state":"labelled","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e","holder_id":null,"ring_id":null,"space_id":1}}]}');
INSERT INTO "house_body" VALUES(6,'48da91f3d1f3180fafaed87a0b93ab60','{"outcome":"done","name":"admin","rules":["keys-12","keys-13"],"input":{},"text":{"text":"keys.done.labelled","args":{"count":1}},"changes":[{"table":"keys_custody_event","key":"4","before":null,"after":{"id":4,"version":1,"search":"","at":"2026-11-29 16:30:52.440331+00:00","kind":"label","from_holder":"cabinet:customer_service","to_holder":"cabinet:customer_service","record_ref":"","by":"admin","prev_hash":"44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98","hash":"4337a92efbab632316229b0707d11e98ba70bd0fb815ad9e0f0d7a20cfc96d93","key_id":2}},{"table":"keys_key","key":"2","before":{"id":2,"version":2,"search":"3-2-502-a 3-2 502","tag_no":"3-2-502-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 502","natural":"000003 000002 1000005 000002 1 001","labelled":0,"label_owed_since":"2026-11-30","state":"received","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98","holder_id":null,"ring_id":null,"space_id":2},"after":{"id":2,"version":3,"search":"3-2-502-a 3-2 502","tag_no":"3-2-502-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 502","natural":"000003 000002 1000005 000002 1 001","labelled":1,"label_owed_since":"2026-11-30","state":"labelled","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"4337a92efbab632316229b0707d11e98ba70bd0fb815ad9e0f0d7a20cfc96d93","holder_id":null,"ring_id":null,"space_id":2}}]}');
INSERT INTO "house_body" VALUES(7,'b254d321cb7f90e37ca16c114b4e5e8c','{"outcome":"done","name":"admin","rules":["keys-06","keys-07","keys-12","keys-22","keys-24","keys-25"],"input":{"borrower":"#3","work_reason":"维修单 W-1182","work_order":"","purpose":"work","contractor":"","due_at":{"moment":"2026-11-30T10:00:00+00:00"},"consent_ref":"","pin":"***","signature_ref":""},"text":{"text":"keys.done.lent","args":{"keys":"3-2-501-A","person":"李强","due":{"moment":"2026-11-30T10:00:00+00:00"},"loan":"L20261130-001"}},"changes":[{"table":"keys_loan","key":"1","before":null,"after":{"id":1,"version":1,"search":"l20261130-001 维修单 w-1182","loan_no":"L20261130-001","state":"out","department":"engineering","work_reason":"维修单 W-1182","work_order":"","contractor":"","out_at":"2026-11-29 16:30:52.926012+00:00","issued_by":"admin","signed":"paper","signature_ref":"","consent_ref":"","due_at":"2026-11-30 10:00:00+00:00","due_basis":"given","extended":0,"extend_reason":"","reminders":0,"reminded_at":null,"back_at":null,"borrower_id":3}},{"table":"keys_loan_line","key":"1","before":null,"after":{"id":1,"version":1,"search":"","back_at":null,"received_by":"","condition":null,"remark":"","key_id":1,"loan_id":1}},{"table":"keys_custody_event","key":"5","before":null,"after":{"id":5,"version":1,"search":"","at":"2026-11-29 16:30:52.926012+00:00","kind":"loan_out","from_holder":"cabinet:customer_service","to_holder":"person:li.qiang","record_ref":"L20261130-001","by":"admin","prev_hash":"9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e","hash":"df5a890ac16e7593fb5b6b34dcc4daab239d2f632967025148067bdf8bbf3ef9","key_id":1}},{"table":"keys_key","key":"1","before":{"id":1,"version":3,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":1,"label_owed_since":"2026-11-30","state":"labelled","custodian_dept":"customer_service","holder_kind":"cabinet","received_on":"2026-11-30","chain":"9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e","holder_id":null,"ring_id":null,"space_id":1},"after":{"id":1,"version":4,"search":"3-2-501-a 3-2 501","tag_no":"3-2-501-A","door_kind":"unit_door","copy_no":1,"label_text":"3-2 501","natural":"000003 000002 1000005 000001 1 001","labelled":1,"label_owed_since":"2026-11-30","state":"on_loan","custodian_dept":"customer_service","holder_kind":"person","received_on":"2026-11-30","chain":"df5a890ac16e7593fb5b6b34dcc4daab239d2f632967025148067bdf8bbf3ef9","holder_id":3,"ring_id":null,"space_id":1}}]}');
INSERT INTO "house_body" VALUES(8,'71b25674db26ee238e1055b8edf947a2','{"outcome":"done","name":"admin","rules":[],"input":{"rule":"keys-22","name":"loan_max","value":"12 h","from_day":{"day":"2026-12-01"},"reason":"冬季"},"text":{"text":"site.done.figure","args":{"rule":"keys-22","name":"loan_max","old":{"span":86400.0},"value":{"span":43200.0},"day":{"day":"2026-12-01"}}},"changes":[{"table":"site_figure","key":"1","before":null,"after":{"id":1,"version":1,"search":"keys-22 loan_max","rule":"keys-22","name":"loan_max","value":"43200.0","old":"86400.0","first_day":"2026-12-01","set_by":"admin","reason":"冬季"}}]}');
INSERT INTO "house_body" VALUES(9,'d9d966a14589e1a77c44da3f3e526a39','{"outcome":"refused","name":"admin","text":{"text":"review.refusal.still_open","args":{"field":"day","value":{"day":"2026-11-30"},"rule":"","critical":1,"left":5}},"rules":[""]}');
INSERT INTO "house_body" VALUES(10,'bd9e5515e3a57f772477bdc852ba01bc','{"outcome":"done","name":"admin","rules":[],"input":{"pin":"***"},"text":{"text":"people.done.pin_set","args":{}},"changes":[{"table":"people_pin","key":"1","before":null,"after":{"id":1,"version":1,"search":"","hash":"***","staff_id":1}}]}');
INSERT INTO "house_body" VALUES(11,'c2136c68e2a7d8b02f07c1584a56d9b7','{"outcome":"done","name":"admin","rules":[],"input":{"items":["keys.no_custodian.1"],"until":{"day":"2026-12-01"},"reason":"later"},"text":{"text":"review.done.deferred","args":{"item":{"text":"keys.due.no_custodian","args":{"block":"3"}},"until":{"day":"2026-12-01"}}},"changes":[{"table":"review_disposition","key":"1","before":null,"after":{"id":1,"version":1,"search":"","item":"keys.no_custodian.1","day":"2026-11-30","kind":"deferred","note":"later","until":"2026-12-01","by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:08.635430+00:00","to_id":null}}]}');
INSERT INTO "house_body" VALUES(12,'62abb73b0899ac9302907ef4e455d1a7','{"outcome":"done","name":"admin","rules":[],"input":{"items":["keys.loan.1.due_today"]},"text":{"text":"review.done.read","args":{"count":1}},"changes":[{"table":"review_disposition","key":"2","before":null,"after":{"id":2,"version":1,"search":"","item":"keys.loan.1.due_today","day":"2026-11-30","kind":"read","note":"","until":null,"by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:09.292146+00:00","to_id":null}}]}');
INSERT INTO "house_body" VALUES(13,'9a6d1e4947006fe5a70805dba006d2a4','{"outcome":"done","name":"admin","rules":[],"input":{"items":["keys.full_soon.2026-12-01"]},"text":{"text":"review.done.read","args":{"count":1}},"changes":[{"table":"review_disposition","key":"3","before":null,"after":{"id":3,"version":1,"search":"","item":"keys.full_soon.2026-12-01","day":"2026-11-30","kind":"read","note":"","until":null,"by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:10.036889+00:00","to_id":null}}]}');
INSERT INTO "house_body" VALUES(14,'c919b460ec743b33e3df23f862514d13','{"outcome":"done","name":"admin","rules":[],"input":{"items":["keys.spot.2026-11-30"]},"text":{"text":"review.done.read","args":{"count":1}},"changes":[{"table":"review_disposition","key":"4","before":null,"after":{"id":4,"version":1,"search":"","item":"keys.spot.2026-11-30","day":"2026-11-30","kind":"read","note":"","until":null,"by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:10.661953+00:00","to_id":null}}]}');
INSERT INTO "house_body" VALUES(15,'e59ce1f91560701f75543cc575e9ee42','{"outcome":"done","name":"admin","rules":[],"input":{"items":["keys.unringed.1.2026-11-30"]},"text":{"text":"review.done.read","args":{"count":1}},"changes":[{"table":"review_disposition","key":"5","before":null,"after":{"id":5,"version":1,"search":"","item":"keys.unringed.1.2026-11-30","day":"2026-11-30","kind":"read","note":"","until":null,"by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:11.386256+00:00","to_id":null}}]}');
INSERT INTO "house_body" VALUES(16,'2c37efccf45ac721776d71b4043df070','{"outcome":"done","name":"admin","rules":[],"input":{"day":{"day":"2026-11-30"},"note":"first"},"text":{"text":"review.done.signed","args":{"day":{"day":"2026-11-30"},"count":5}},"changes":[{"table":"review_signoff","key":"1","before":null,"after":{"id":1,"version":1,"search":"","day":"2026-11-30","by_login":"admin","by_name":"admin","at":"2026-11-29 16:31:12.140598+00:00","late":0,"note":"first","statement":"{\"site\": \"客服一部\", \"day\": \"2026-11-30\", \"matters\": [{\"item\": \"keys.no_custodian.1\", \"area\": \"keys\", \"severity\": \"critical\", \"title\": {\"text\": \"keys.due.no_custodian\", \"args\": {\"block\": \"3\"}}, \"person\": \"\", \"rule\": \"keys-03\", \"how\": \"deferred\", \"note\": {\"text\": \"review.became.said\", \"args\": {\"told\": {\"text\": \"review.became.deferred\", \"args\": {\"until\": {\"day\": \"2026-12-01\"}, \"name\": \"admin\"}}, \"note\": \"later\"}}}, {\"item\": \"keys.loan.1.due_today\", \"area\": \"keys\", \"severity\": \"warning\", \"title\": {\"text\": \"keys.due.due_today\", \"args\": {\"keys\": \"3-2 501\", \"person\": \"李强\"}}, \"person\": \"李强\", \"rule\": \"keys-22\", \"how\": \"read\", \"note\": {\"text\": \"review.became.by\", \"args\": {\"name\": \"admin\"}}}, {\"item\": \"keys.full_soon.2026-12-01\", \"area\": \"keys\", \"severity\": \"warning\", \"title\": {\"text\": \"keys.due.full_soon\", \"args\": {\"blocks\": \"3\", \"month\": \"2026-11\"}}, \"person\": \"\", \"rule\": \"keys-27\", \"how\": \"read\", \"note\": {\"text\": \"review.became.by\", \"args\": {\"name\": \"admin\"}}}, {\"item\": \"keys.spot.2026-11-30\", \"area\": \"keys\", \"severity\": \"warning\", \"title\": {\"text\": \"keys.due.spot\", \"args\": {}}, \"person\": \"\", \"rule\": \"keys-27\", \"how\": \"read\", \"note\": {\"text\": \"review.became.by\", \"args\": {\"name\": \"admin\"}}}, {\"item\": \"keys.unringed.1.2026-11-30\", \"area\": \"keys\", \"severity\": \"info\", \"title\": {\"text\": \"keys.due.unringed\", \"args\": {\"block\": \"3\", \"count\": 1, \"first\": \"3-2 502\"}}, \"person\": \"\", \"rule\": \"keys-11\", \"how\": \"read\", \"note\": {\"text\": \"review.became.by\", \"args\": {\"name\": \"admin\"}}}], \"unknown\": [[\"cstui_confidentiality\", {\"verbatim\": \"ImportError: cannot import name ''refers_to'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (models/accounts.py:9)\"}], [\"cstui_hygiene\", {\"verbatim\": \"ImportError: cannot import name ''Reason'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (cstui_hygiene/inputs.py:7)\"}], [\"cstui_rewards\", {\"verbatim\": \"ImportError: cannot import name ''Reason'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (awards/inputs.py:9)\"}]], \"acts\": [[\"keys.label\", 2], [\"people.enrol\", 2], [\"keys.lend\", 1], [\"keys.register\", 1], [\"people.first_admin\", 1], [\"people.set_pin\", 1], [\"site.set_figure\", 1]]}","checkpoint":"cstui-checkpoint c47ea29975086b6dff82520262482956 15 23659803089b3d38a97b089f69cbcaa99d4a0268dd59d6f2f82ef7e96b398f8d 2026-11-29T16:31:12+00:00"}}]}');
CREATE TABLE "house_change" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "tab" VARCHAR(64) NOT NULL,
    "record" VARCHAR(64) NOT NULL,
    "before" TEXT,
    "after" TEXT
);
CREATE TABLE "house_entry" (
    "seq" INT NOT NULL  PRIMARY KEY,
    "at" VARCHAR(32) NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "action" VARCHAR(64) NOT NULL,
    "body_hash" VARCHAR(64) NOT NULL,
    "prev" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL
);
INSERT INTO "house_entry" VALUES(1,'2026-11-29T16:30:34.689348+00:00','system','people.first_admin','6e653586246371def72a295f8d9eea0eda984b58e3343c757b424080cd2b120d','0000000000000000000000000000000000000000000000000000000000000000','e5ae3d1baeef99a6b9e797b942df171af2230f168daa2ef72c4a01db360d4e47');
INSERT INTO "house_entry" VALUES(2,'2026-11-29T16:30:49.369283+00:00','admin','people.enrol','893252d342b24075dc4231741c81fdc9a1471ff3b4398fb2714f25a73ec819c9','e5ae3d1baeef99a6b9e797b942df171af2230f168daa2ef72c4a01db360d4e47','e0b0018d15f48c91d9075d9b9f1371cd6a671dd0bb8d77b70a62dc0593de6cc1');
INSERT INTO "house_entry" VALUES(3,'2026-11-29T16:30:49.966737+00:00','admin','people.enrol','3b3dbf3af3134e7e2188d63d95cd88116e0617ea8b5d132c19105325f8b096cb','e0b0018d15f48c91d9075d9b9f1371cd6a671dd0bb8d77b70a62dc0593de6cc1','11163a697a18d77aeb31e5723c9af41dcd34e7dbd247cc039ba3d9774e6526f5');
INSERT INTO "house_entry" VALUES(4,'2026-11-29T16:30:50.586186+00:00','admin','keys.register','e57740b1fff99cd756b01f5f55145cb9839452d54bb895d5818f890e55446925','11163a697a18d77aeb31e5723c9af41dcd34e7dbd247cc039ba3d9774e6526f5','4b96c6c67fc25374c7471a697fac49a82b05769b1677f0581ba75d45d2f0f32f');
INSERT INTO "house_entry" VALUES(5,'2026-11-29T16:30:51.981482+00:00','admin','keys.label','76f351b7a5d24f81093b9fb2653b745b1159374df1152ee3cce16760bcd9d588','4b96c6c67fc25374c7471a697fac49a82b05769b1677f0581ba75d45d2f0f32f','e37e2a58ac05a9ba2e1cf32bdb5caf7587da5f208af4eb783e2969b1220621e1');
INSERT INTO "house_entry" VALUES(6,'2026-11-29T16:30:52.440331+00:00','admin','keys.label','23f0a204383b65a0eeeab57e1278278e14b914c534598654702381f48ba09efe','e37e2a58ac05a9ba2e1cf32bdb5caf7587da5f208af4eb783e2969b1220621e1','196535a05a6546ce7c25182b44a9461da648d45b0d9806f126e4d858c17aed29');
INSERT INTO "house_entry" VALUES(7,'2026-11-29T16:30:52.926012+00:00','admin','keys.lend','e41925587e3efcbc614694877f080d40e2c0fe20a27586bcee9da0ca4f18aff0','196535a05a6546ce7c25182b44a9461da648d45b0d9806f126e4d858c17aed29','378a4e8953b9cdb95d3dd62d62567b9f1ddf31fbb5f7b7212d5b35ca2f0869c5');
INSERT INTO "house_entry" VALUES(8,'2026-11-29T16:30:53.404265+00:00','admin','site.set_figure','97d298a10f7212f426789f75b71364761e3e86345ec1a0c1be611e4c3e6c2575','378a4e8953b9cdb95d3dd62d62567b9f1ddf31fbb5f7b7212d5b35ca2f0869c5','ca18a24ba309b93aac46ec4dbbb99f37817474873ce7a819f152caca07482da1');
INSERT INTO "house_entry" VALUES(9,'2026-11-29T16:30:54.297275+00:00','admin','review.sign_off','f3182787182dd19e6fa21c90de9c352e0843b6e22bb99e4b51aa4254ecf1e537','ca18a24ba309b93aac46ec4dbbb99f37817474873ce7a819f152caca07482da1','875c0a06ab8bb3a517f11afedf97f6461d40d9dad214f07f3d87ac536e7f3eaf');
INSERT INTO "house_entry" VALUES(10,'2026-11-29T16:31:07.262904+00:00','admin','people.set_pin','991ad542c43cd3fd9055afbb0e4b6c759cdfc252e7edfcff68f874207accc1c9','875c0a06ab8bb3a517f11afedf97f6461d40d9dad214f07f3d87ac536e7f3eaf','126c6d9c60a6b2f5c381725e5f4e319537ae3e7b98e21538ab5814d41ba5b083');
INSERT INTO "house_entry" VALUES(11,'2026-11-29T16:31:08.635430+00:00','admin','review.defer','a6db764829230487f572402120ed64c12987575af5364eb2d8389ecda7335c19','126c6d9c60a6b2f5c381725e5f4e319537ae3e7b98e21538ab5814d41ba5b083','ad2a3140b98065da31d562b985e36cda88e99cd3c09f0308c73df765c8592f17');
INSERT INTO "house_entry" VALUES(12,'2026-11-29T16:31:09.292146+00:00','admin','review.read','50a1a36247d02e89fb03c0f399ba4da991b85a92bbf0132ecb756d0ab9ad05f0','ad2a3140b98065da31d562b985e36cda88e99cd3c09f0308c73df765c8592f17','8d34d7980da8fe25e768b1fc7f6e4e1be7a0f247f8b0a3a7ab0a47767ffaa03c');
INSERT INTO "house_entry" VALUES(13,'2026-11-29T16:31:10.036889+00:00','admin','review.read','67ea1a5a48f2c559897a564f04f474b1136769c141f80673269cf034ee067d06','8d34d7980da8fe25e768b1fc7f6e4e1be7a0f247f8b0a3a7ab0a47767ffaa03c','c13085e797a255fb7880afde1abb9ba5ce0236478c23f4c8631303bd77b186f6');
INSERT INTO "house_entry" VALUES(14,'2026-11-29T16:31:10.661953+00:00','admin','review.read','0f1a259499826715dbe00ff099631a02f324409c6dc36aa0b0031fbc32034320','c13085e797a255fb7880afde1abb9ba5ce0236478c23f4c8631303bd77b186f6','e2ec790830242e123c2edcaa844847f2323c2adbcf281ea5406129ecd8771ded');
INSERT INTO "house_entry" VALUES(15,'2026-11-29T16:31:11.386256+00:00','admin','review.read','b1ca35439ea9e63c4fd76383261f0b3bf2f06af18ab1e1630e5ba423a21e733c','e2ec790830242e123c2edcaa844847f2323c2adbcf281ea5406129ecd8771ded','23659803089b3d38a97b089f69cbcaa99d4a0268dd59d6f2f82ef7e96b398f8d');
INSERT INTO "house_entry" VALUES(16,'2026-11-29T16:31:12.140598+00:00','admin','review.sign_off','fe71f48b87eee315f57bff3fc0f38820d005f31e4745b1cf2e4ef6ce13b9b502','23659803089b3d38a97b089f69cbcaa99d4a0268dd59d6f2f82ef7e96b398f8d','db5cc2b1f84f2d9f2fcfce7b175cbffed3a790a8863ade1fa0cca9a50edd1fff');
CREATE TABLE "house_ref" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "seq" INT NOT NULL,
    "ref" VARCHAR(96) NOT NULL
);
INSERT INTO "house_ref" VALUES(1,1,'people_role:1');
INSERT INTO "house_ref" VALUES(2,1,'people_staff:1');
INSERT INTO "house_ref" VALUES(3,2,'people_staff:2');
INSERT INTO "house_ref" VALUES(4,3,'people_staff:3');
INSERT INTO "house_ref" VALUES(5,4,'keys_building:1');
INSERT INTO "house_ref" VALUES(6,4,'keys_custody_event:1');
INSERT INTO "house_ref" VALUES(7,4,'keys_custody_event:2');
INSERT INTO "house_ref" VALUES(8,4,'keys_key:1');
INSERT INTO "house_ref" VALUES(9,4,'keys_key:2');
INSERT INTO "house_ref" VALUES(10,4,'keys_space:1');
INSERT INTO "house_ref" VALUES(11,4,'keys_space:2');
INSERT INTO "house_ref" VALUES(12,5,'keys_custody_event:3');
INSERT INTO "house_ref" VALUES(13,5,'keys_key:1');
INSERT INTO "house_ref" VALUES(14,6,'keys_custody_event:4');
INSERT INTO "house_ref" VALUES(15,6,'keys_key:2');
INSERT INTO "house_ref" VALUES(16,7,'keys_custody_event:5');
INSERT INTO "house_ref" VALUES(17,7,'keys_key:1');
INSERT INTO "house_ref" VALUES(18,7,'keys_loan:1');
INSERT INTO "house_ref" VALUES(19,7,'keys_loan_line:1');
INSERT INTO "house_ref" VALUES(20,8,'site_figure:1');
INSERT INTO "house_ref" VALUES(21,10,'people_pin:1');
INSERT INTO "house_ref" VALUES(22,11,'review_disposition:1');
INSERT INTO "house_ref" VALUES(23,12,'review_disposition:2');
INSERT INTO "house_ref" VALUES(24,13,'review_disposition:3');
INSERT INTO "house_ref" VALUES(25,14,'review_disposition:4');
INSERT INTO "house_ref" VALUES(26,15,'review_disposition:5');
INSERT INTO "house_ref" VALUES(27,16,'review_signoff:1');
CREATE TABLE "house_stamp" (
    "id" INT NOT NULL  PRIMARY KEY,
    "store_id" VARCHAR(32) NOT NULL,
    "epoch" INT NOT NULL,
    "program" VARCHAR(32) NOT NULL
);
INSERT INTO "house_stamp" VALUES(1,'c47ea29975086b6dff82520262482956',1,'0.1.0');
CREATE TABLE "house_state" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "login" VARCHAR(64) NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "value" TEXT NOT NULL,
    CONSTRAINT "uid_house_state_login_7844cd" UNIQUE ("login", "name")
);
CREATE TABLE "keys_building" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "block" VARCHAR(16) NOT NULL UNIQUE,
    "natural" VARCHAR(64) NOT NULL,
    "units" INT NOT NULL,
    "floors" INT NOT NULL,
    "taken_over_on" DATE,
    "state" VARCHAR(16) NOT NULL  /* PLANNED: planned\nTAKEN_OVER: taken_over\nHANDED_BACK: handed_back */,
    "custodian_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "deputy_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
, "owner_kinds" VARCHAR(200) NOT NULL DEFAULT '');
INSERT INTO "keys_building" VALUES(1,1,'3','3','000003',0,0,NULL,'taken_over',NULL,NULL,'');
CREATE TABLE "keys_closing_check" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "day" DATE NOT NULL UNIQUE,
    "at" TIMESTAMP NOT NULL,
    "by" VARCHAR(64) NOT NULL,
    "loans_out" VARCHAR(2000) NOT NULL,
    "remark" VARCHAR(200) NOT NULL
);
CREATE TABLE "keys_count" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "count_no" VARCHAR(24) NOT NULL UNIQUE,
    "kind" VARCHAR(12) NOT NULL  /* FULL: full\nSPOT: spot\nHANDOVER: handover */,
    "state" VARCHAR(12) NOT NULL  /* DRAFT: draft\nSIGNED: signed\nDIFFERENCES: differences\nRECONCILED: reconciled\nCANCELLED: cancelled */,
    "on" DATE NOT NULL,
    "signed_at" TIMESTAMP,
    "signature_ref" VARCHAR(100) NOT NULL,
    "conclusion" VARCHAR(200) NOT NULL,
    "building_id" INT REFERENCES "keys_building" ("id") ON DELETE RESTRICT,
    "counted_by_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "custodian_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "witness_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_count_line" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "line_no" VARCHAR(32) NOT NULL UNIQUE,
    "place" VARCHAR(64) NOT NULL,
    "state" VARCHAR(12) NOT NULL  /* OPEN: open\nHALF: half\nRECOUNT: recount\nAGREED: agreed\nSHORT: short\nSURPLUS: surplus */,
    "counter_said" INT,
    "witness_said" INT,
    "entered_at" TIMESTAMP,
    "recounts" INT NOT NULL,
    "registered" INT,
    "present" INT,
    "on_loan" INT,
    "issued" INT,
    "lost" INT,
    "missing" INT,
    "search_note" VARCHAR(200) NOT NULL,
    "searched_by" VARCHAR(64) NOT NULL,
    "building_id" INT REFERENCES "keys_building" ("id") ON DELETE RESTRICT,
    "count_id" INT NOT NULL REFERENCES "keys_count" ("id") ON DELETE RESTRICT,
    "ring_id" INT REFERENCES "keys_ring" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_custody_event" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "version" INT NOT NULL, "search" VARCHAR(512) NOT NULL, "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT, "at" TIMESTAMP NOT NULL, "kind" VARCHAR(20) NOT NULL, "from_holder" VARCHAR(64) NOT NULL, "to_holder" VARCHAR(64) NOT NULL, "record_ref" VARCHAR(64) NOT NULL, "by" VARCHAR(64) NOT NULL, "prev_hash" VARCHAR(64) NOT NULL, "hash" VARCHAR(64) NOT NULL);
INSERT INTO "keys_custody_event" VALUES(1,1,'',1,'2026-11-29 16:30:50.586186+00:00','receive','none','cabinet:customer_service','','admin','','f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493');
INSERT INTO "keys_custody_event" VALUES(2,1,'',2,'2026-11-29 16:30:50.586186+00:00','receive','none','cabinet:customer_service','','admin','','44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98');
INSERT INTO "keys_custody_event" VALUES(3,1,'',1,'2026-11-29 16:30:51.981482+00:00','label','cabinet:customer_service','cabinet:customer_service','','admin','f7a05ab0c6a5934e37ea691686b76128cb092ab655b95ab8da031b262d3c9493','9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e');
INSERT INTO "keys_custody_event" VALUES(4,1,'',2,'2026-11-29 16:30:52.440331+00:00','label','cabinet:customer_service','cabinet:customer_service','','admin','44343922f3428a2e559628a83f6d080bfc5b69c47f6fbb43f5a69bc0a6ce5d98','4337a92efbab632316229b0707d11e98ba70bd0fb815ad9e0f0d7a20cfc96d93');
INSERT INTO "keys_custody_event" VALUES(5,1,'',1,'2026-11-29 16:30:52.926012+00:00','loan_out','cabinet:customer_service','person:li.qiang','L20261130-001','admin','9b53de6881440e02d6699030f5b8fd0baa03b02e9a9e980abd1362544c41308e','df5a890ac16e7593fb5b6b34dcc4daab239d2f632967025148067bdf8bbf3ef9');
CREATE TABLE "keys_duplication" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "duplication_no" VARCHAR(24) NOT NULL UNIQUE,
    "state" VARCHAR(12) NOT NULL  /* REQUESTED: requested\nAPPROVED: approved\nMADE: made\nTAGGED: tagged\nCLOSED: closed\nREFUSED: refused\nEXPIRED: expired */,
    "copies" INT NOT NULL,
    "reason" VARCHAR(200) NOT NULL,
    "consent_ref" VARCHAR(100) NOT NULL,
    "requested_by" VARCHAR(64) NOT NULL,
    "requested_at" TIMESTAMP NOT NULL,
    "approved_by" VARCHAR(64) NOT NULL,
    "approved_at" TIMESTAMP,
    "made_by" VARCHAR(100) NOT NULL,
    "made_at" TIMESTAMP,
    "received" INT NOT NULL,
    "registered" INT NOT NULL,
    "destroyed" INT NOT NULL,
    "asked_again" INT NOT NULL,
    "remark" VARCHAR(200) NOT NULL,
    "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT,
    "requester_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "witness_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_household_paper" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "kind" VARCHAR(16) NOT NULL  /* KEY_ISSUE: key_issue\nKEY_RETURN: key_return */,
    "number" VARCHAR(24) NOT NULL UNIQUE,
    "day" DATE NOT NULL,
    "retention" VARCHAR(32) NOT NULL,
    "archive_ref" VARCHAR(100) NOT NULL,
    "space_id" INT NOT NULL REFERENCES "keys_space" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_issue_line" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "door_kind" VARCHAR(16) NOT NULL  /* SECURITY_GATE: security_gate\nUNIT_DOOR: unit_door\nINNER_DOOR: inner_door\nINTERCOM_DOOR: intercom_door\nLETTER_BOX: letter_box\nWINDOW: window\nEQUIPMENT_ROOM: equipment_room\nOTHER: other */,
    "count" INT NOT NULL,
    "issue_id" INT NOT NULL REFERENCES "keys_owner_issue" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_issued_key" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "until" TIMESTAMP,
    "issue_id" INT NOT NULL REFERENCES "keys_owner_issue" ("id") ON DELETE RESTRICT,
    "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT,
    "returned_id" INT REFERENCES "keys_owner_return" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_key" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "tag_no" VARCHAR(32) NOT NULL UNIQUE,
    "door_kind" VARCHAR(16) NOT NULL  /* SECURITY_GATE: security_gate\nUNIT_DOOR: unit_door\nINNER_DOOR: inner_door\nINTERCOM_DOOR: intercom_door\nLETTER_BOX: letter_box\nWINDOW: window\nEQUIPMENT_ROOM: equipment_room\nOTHER: other */,
    "copy_no" INT NOT NULL,
    "label_text" VARCHAR(96) NOT NULL,
    "natural" VARCHAR(192) NOT NULL,
    "labelled" INT NOT NULL,
    "label_owed_since" DATE NOT NULL,
    "state" VARCHAR(16) NOT NULL  /* RECEIVED: received\nLABELLED: labelled\nIN_CUSTODY: in_custody\nON_LOAN: on_loan\nISSUED_TO_OWNER: issued_to_owner\nLOST: lost\nWRITTEN_OFF: written_off\nDESTROYED: destroyed\nREJECTED: rejected */,
    "custodian_dept" VARCHAR(20) NOT NULL  /* CUSTOMER_SERVICE: customer_service\nENGINEERING: engineering */,
    "holder_kind" VARCHAR(8) NOT NULL  /* CABINET: cabinet\nPERSON: person\nOWNER: owner\nNONE: none */,
    "received_on" DATE NOT NULL,
    "chain" VARCHAR(64) NOT NULL,
    "holder_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "ring_id" INT REFERENCES "keys_ring" ("id") ON DELETE RESTRICT,
    "space_id" INT NOT NULL REFERENCES "keys_space" ("id") ON DELETE RESTRICT
);
INSERT INTO "keys_key" VALUES(1,4,'3-2-501-a 3-2 501','3-2-501-A','unit_door',1,'3-2 501','000003 000002 1000005 000001 1 001',1,'2026-11-30','on_loan','customer_service','person','2026-11-30','df5a890ac16e7593fb5b6b34dcc4daab239d2f632967025148067bdf8bbf3ef9',3,NULL,1);
INSERT INTO "keys_key" VALUES(2,3,'3-2-502-a 3-2 502','3-2-502-A','unit_door',1,'3-2 502','000003 000002 1000005 000002 1 001',1,'2026-11-30','labelled','customer_service','cabinet','2026-11-30','4337a92efbab632316229b0707d11e98ba70bd0fb815ad9e0f0d7a20cfc96d93',NULL,NULL,2);
CREATE TABLE "keys_loan" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "loan_no" VARCHAR(24) NOT NULL UNIQUE,
    "state" VARCHAR(12) NOT NULL  /* OUT: out\nRETURNED: returned\nLOST: lost */,
    "department" VARCHAR(32) NOT NULL,
    "work_reason" VARCHAR(200) NOT NULL,
    "work_order" VARCHAR(64) NOT NULL,
    "contractor" VARCHAR(100) NOT NULL,
    "out_at" TIMESTAMP NOT NULL,
    "issued_by" VARCHAR(64) NOT NULL,
    "signed" VARCHAR(8) NOT NULL  /* PIN: pin\nPAPER: paper */,
    "signature_ref" VARCHAR(100) NOT NULL,
    "consent_ref" VARCHAR(100) NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "due_basis" VARCHAR(16) NOT NULL,
    "extended" INT NOT NULL,
    "extend_reason" VARCHAR(200) NOT NULL,
    "reminders" INT NOT NULL,
    "reminded_at" TIMESTAMP,
    "back_at" TIMESTAMP,
    "borrower_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
INSERT INTO "keys_loan" VALUES(1,1,'l20261130-001 维修单 w-1182','L20261130-001','out','engineering','维修单 W-1182','','','2026-11-29 16:30:52.926012+00:00','admin','paper','','','2026-11-30 10:00:00+00:00','given',0,'',0,NULL,NULL,3);
CREATE TABLE "keys_loan_line" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "back_at" TIMESTAMP,
    "received_by" VARCHAR(64) NOT NULL,
    "condition" VARCHAR(12)   /* OK: ok\nDAMAGED: damaged\nINCOMPLETE: incomplete\nLOST: lost */,
    "remark" VARCHAR(200) NOT NULL,
    "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT,
    "loan_id" INT NOT NULL REFERENCES "keys_loan" ("id") ON DELETE RESTRICT
);
INSERT INTO "keys_loan_line" VALUES(1,1,'',NULL,'',NULL,'',1,1);
CREATE TABLE "keys_loss" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "state" VARCHAR(16) NOT NULL  /* REPORTED: reported\nLOCK_CHANGED: lock_changed\nWAIVED: waived\nFOUND: found */,
    "reported_by" VARCHAR(64) NOT NULL,
    "noticed_at" TIMESTAMP NOT NULL,
    "reported_at" TIMESTAMP NOT NULL,
    "circumstances" VARCHAR(500) NOT NULL,
    "cost" INT,
    "decided_by" VARCHAR(64) NOT NULL,
    "decided_at" TIMESTAMP,
    "conclusion" VARCHAR(500) NOT NULL,
    "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT,
    "last_holder_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_missing_key" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "state" VARCHAR(12) NOT NULL  /* MISSING: missing\nFOUND: found */,
    "noticed_at" TIMESTAMP NOT NULL,
    "key_id" INT NOT NULL REFERENCES "keys_key" ("id") ON DELETE RESTRICT,
    "line_id" INT NOT NULL REFERENCES "keys_count_line" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_not_supplied" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "door_kind" VARCHAR(16) NOT NULL  /* SECURITY_GATE: security_gate\nUNIT_DOOR: unit_door\nINNER_DOOR: inner_door\nINTERCOM_DOOR: intercom_door\nLETTER_BOX: letter_box\nWINDOW: window\nEQUIPMENT_ROOM: equipment_room\nOTHER: other */,
    "on" DATE NOT NULL,
    "by" VARCHAR(64) NOT NULL,
    "reason" VARCHAR(200) NOT NULL,
    "space_id" INT NOT NULL REFERENCES "keys_space" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_owner_issue" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "issue_no" VARCHAR(24) NOT NULL UNIQUE,
    "state" VARCHAR(12) NOT NULL  /* PREPARED: prepared\nVERIFIED: verified\nSIGNED: signed\nCLOSED: closed\nREFUSED: refused */,
    "owner_name" VARCHAR(64) NOT NULL,
    "prepared_by" VARCHAR(64) NOT NULL,
    "prepared_at" TIMESTAMP NOT NULL,
    "id_card" VARCHAR(100) NOT NULL,
    "move_in_notice" VARCHAR(100) NOT NULL,
    "power_of_attorney" VARCHAR(100) NOT NULL,
    "verified_at" TIMESTAMP,
    "issued_by" VARCHAR(64) NOT NULL,
    "signed_at" TIMESTAMP,
    "signature_ref" VARCHAR(100) NOT NULL,
    "archive_ref" VARCHAR(100) NOT NULL,
    "refuse_reason" VARCHAR(200) NOT NULL,
    "identity_checked_by_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "space_id" INT NOT NULL REFERENCES "keys_space" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_owner_return" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "return_no" VARCHAR(24) NOT NULL UNIQUE,
    "reason" VARCHAR(200) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "received_by" VARCHAR(64) NOT NULL,
    "condition" VARCHAR(12) NOT NULL  /* OK: ok\nDAMAGED: damaged\nINCOMPLETE: incomplete\nLOST: lost */,
    "remark" VARCHAR(200) NOT NULL,
    "issue_id" INT NOT NULL REFERENCES "keys_owner_issue" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_ring" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "ring_no" VARCHAR(64) NOT NULL UNIQUE,
    "natural" VARCHAR(160) NOT NULL,
    "grouping" VARCHAR(16) NOT NULL  /* BY_HOUSEHOLD: by_household\nBY_FLOOR: by_floor\nBY_EQUIPMENT: by_equipment */,
    "space_ref" VARCHAR(80) NOT NULL,
    "hook" VARCHAR(32) NOT NULL,
    "medium" VARCHAR(8) NOT NULL  /* RING: ring\nCORD: cord */
);
CREATE TABLE "keys_space" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "code" VARCHAR(80) NOT NULL UNIQUE,
    "name" VARCHAR(64) NOT NULL,
    "natural" VARCHAR(128) NOT NULL,
    "kind" VARCHAR(24) NOT NULL  /* OWNER_UNIT: owner_unit\nPUBLIC: public_door_window\nEQUIPMENT: equipment_room */,
    "unit" VARCHAR(16) NOT NULL,
    "floor" VARCHAR(16) NOT NULL,
    "room" VARCHAR(32) NOT NULL,
    "equipment_room_name" VARCHAR(48) NOT NULL,
    "owner_name" VARCHAR(64) NOT NULL,
    "building_id" INT NOT NULL REFERENCES "keys_building" ("id") ON DELETE RESTRICT
);
INSERT INTO "keys_space" VALUES(1,1,'3-2 501','3-2 501','3-2 501','000003 000002 1000005 000001','public_door_window','2','5','01','','',1);
INSERT INTO "keys_space" VALUES(2,1,'3-2 502','3-2 502','3-2 502','000003 000002 1000005 000002','public_door_window','2','5','02','','',1);
CREATE TABLE "keys_takeover" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "takeover_no" VARCHAR(24) NOT NULL UNIQUE,
    "state" VARCHAR(12) NOT NULL  /* DRAFT: draft\nCOUNTED: counted\nDISPUTED: disputed\nSIGNED: signed\nCLOSED: closed */,
    "from_party" VARCHAR(100) NOT NULL,
    "on" DATE NOT NULL,
    "discrepancy" VARCHAR(200) NOT NULL,
    "signed_at" TIMESTAMP,
    "signed" VARCHAR(8)   /* PIN: pin\nPAPER: paper */,
    "signature_ref" VARCHAR(100) NOT NULL,
    "their_ref" VARCHAR(100) NOT NULL,
    "building_id" INT NOT NULL REFERENCES "keys_building" ("id") ON DELETE RESTRICT,
    "received_by_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "keys_takeover_line" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "line_no" VARCHAR(32) NOT NULL UNIQUE,
    "natural" VARCHAR(192) NOT NULL,
    "code" VARCHAR(80) NOT NULL,
    "space_kind" VARCHAR(24) NOT NULL  /* OWNER_UNIT: owner_unit\nPUBLIC: public_door_window\nEQUIPMENT: equipment_room */,
    "unit" VARCHAR(16) NOT NULL,
    "floor" VARCHAR(16) NOT NULL,
    "room" VARCHAR(32) NOT NULL,
    "equipment_room_name" VARCHAR(48) NOT NULL,
    "door_kind" VARCHAR(16) NOT NULL  /* SECURITY_GATE: security_gate\nUNIT_DOOR: unit_door\nINNER_DOOR: inner_door\nINTERCOM_DOOR: intercom_door\nLETTER_BOX: letter_box\nWINDOW: window\nEQUIPMENT_ROOM: equipment_room\nOTHER: other */,
    "declared" INT NOT NULL,
    "counted" INT,
    "takeover_id" INT NOT NULL REFERENCES "keys_takeover" ("id") ON DELETE RESTRICT
);
CREATE TABLE "ledger_posting" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "kind" VARCHAR(8) NOT NULL  /* POINTS: points\nMONEY: money */,
    "amount" INT NOT NULL,
    "rule" VARCHAR(48) NOT NULL,
    "source" VARCHAR(96) NOT NULL,
    "day" DATE NOT NULL,
    "note" VARCHAR(500) NOT NULL,
    "posted_by" VARCHAR(64) NOT NULL,
    "person_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT,
    "reverses_id" INT REFERENCES "ledger_posting" ("id") ON DELETE RESTRICT
);
CREATE TABLE "people_absence" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "note" VARCHAR(200) NOT NULL,
    "staff_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "people_duty" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "day" DATE NOT NULL,
    "start_at" TIMESTAMP NOT NULL,
    "end_at" TIMESTAMP NOT NULL,
    "shift_id" INT NOT NULL REFERENCES "people_shift" ("id") ON DELETE RESTRICT,
    "staff_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "people_pin" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "hash" VARCHAR(200) NOT NULL,
    "staff_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
INSERT INTO "people_pin" VALUES(1,1,'','$argon2id$v=19$m=65536,t=3,p=4$n+8CwOvugavZAdWCVHYIrg$nn6WiqgWnyRFcFww+fVQQhIC/S5agW/q0+5ZOxYH48I',1);
CREATE TABLE "people_role" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "role" VARCHAR(32) NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE,
    "granted_by" VARCHAR(64) NOT NULL,
    "staff_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
INSERT INTO "people_role" VALUES(1,1,'','admin','2026-11-30',NULL,'system',1);
CREATE TABLE "people_shift" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "code" VARCHAR(16) NOT NULL UNIQUE,
    "name" VARCHAR(32) NOT NULL,
    "start_minute" INT NOT NULL,
    "end_minute" INT NOT NULL
);
CREATE TABLE "people_staff" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "login" VARCHAR(64) NOT NULL UNIQUE,
    "number" VARCHAR(32) NOT NULL UNIQUE,
    "name" VARCHAR(64) NOT NULL,
    "phone" VARCHAR(32) NOT NULL,
    "department" VARCHAR(32) NOT NULL,
    "post" VARCHAR(64) NOT NULL,
    "hired_on" DATE,
    "left_on" DATE,
    "team_id" INT REFERENCES "people_team" ("id") ON DELETE RESTRICT
);
INSERT INTO "people_staff" VALUES(1,1,'admin admin admin','admin','admin','admin','','','',NULL,NULL,NULL);
INSERT INTO "people_staff" VALUES(2,1,'王芳 wang.fang 1001
wfwang.fang1001 wangfangwang.fang1001','wang.fang','1001','王芳','','customer_service','',NULL,NULL,NULL);
INSERT INTO "people_staff" VALUES(3,1,'李强 li.qiang 1002
lqli.qiang1002 liqiangli.qiang1002','li.qiang','1002','李强','','engineering','',NULL,NULL,NULL);
CREATE TABLE "people_team" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "code" VARCHAR(32) NOT NULL UNIQUE,
    "name" VARCHAR(64) NOT NULL,
    "department" VARCHAR(32) NOT NULL
);
CREATE TABLE "review_disposition" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "version" INT NOT NULL, "search" VARCHAR(512) NOT NULL, "item" VARCHAR(160) NOT NULL, "day" DATE NOT NULL, "kind" VARCHAR(16) NOT NULL, "note" VARCHAR(500) NOT NULL, "until" DATE, "to_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT, "by_login" VARCHAR(64) NOT NULL, "by_name" VARCHAR(64) NOT NULL, "at" TIMESTAMP NOT NULL);
INSERT INTO "review_disposition" VALUES(1,1,'','keys.no_custodian.1','2026-11-30','deferred','later','2026-12-01',NULL,'admin','admin','2026-11-29 16:31:08.635430+00:00');
INSERT INTO "review_disposition" VALUES(2,1,'','keys.loan.1.due_today','2026-11-30','read','',NULL,NULL,'admin','admin','2026-11-29 16:31:09.292146+00:00');
INSERT INTO "review_disposition" VALUES(3,1,'','keys.full_soon.2026-12-01','2026-11-30','read','',NULL,NULL,'admin','admin','2026-11-29 16:31:10.036889+00:00');
INSERT INTO "review_disposition" VALUES(4,1,'','keys.spot.2026-11-30','2026-11-30','read','',NULL,NULL,'admin','admin','2026-11-29 16:31:10.661953+00:00');
INSERT INTO "review_disposition" VALUES(5,1,'','keys.unringed.1.2026-11-30','2026-11-30','read','',NULL,NULL,'admin','admin','2026-11-29 16:31:11.386256+00:00');
CREATE TABLE "review_own" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "text" VARCHAR(200) NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "timed" INT NOT NULL,
    "shared" INT NOT NULL,
    "by_login" VARCHAR(64) NOT NULL,
    "by_name" VARCHAR(64) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "done_at" TIMESTAMP,
    "done_by" VARCHAR(64) NOT NULL,
    "person_id" INT REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "review_question" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "item" VARCHAR(160) NOT NULL,
    "title" TEXT NOT NULL,
    "question" VARCHAR(500) NOT NULL,
    "by_login" VARCHAR(64) NOT NULL,
    "by_name" VARCHAR(64) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "answer" VARCHAR(500) NOT NULL,
    "answered_at" TIMESTAMP,
    "closed_at" TIMESTAMP,
    "person_id" INT NOT NULL REFERENCES "people_staff" ("id") ON DELETE RESTRICT
);
CREATE TABLE "review_signoff" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "day" DATE NOT NULL UNIQUE,
    "by_login" VARCHAR(64) NOT NULL,
    "by_name" VARCHAR(64) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "late" INT NOT NULL,
    "note" VARCHAR(500) NOT NULL,
    "statement" TEXT NOT NULL,
    "checkpoint" VARCHAR(200) NOT NULL
);
INSERT INTO "review_signoff" VALUES(1,1,'','2026-11-30','admin','admin','2026-11-29 16:31:12.140598+00:00',0,'first','{"site": "客服一部", "day": "2026-11-30", "matters": [{"item": "keys.no_custodian.1", "area": "keys", "severity": "critical", "title": {"text": "keys.due.no_custodian", "args": {"block": "3"}}, "person": "", "rule": "keys-03", "how": "deferred", "note": {"text": "review.became.said", "args": {"told": {"text": "review.became.deferred", "args": {"until": {"day": "2026-12-01"}, "name": "admin"}}, "note": "later"}}}, {"item": "keys.loan.1.due_today", "area": "keys", "severity": "warning", "title": {"text": "keys.due.due_today", "args": {"keys": "3-2 501", "person": "李强"}}, "person": "李强", "rule": "keys-22", "how": "read", "note": {"text": "review.became.by", "args": {"name": "admin"}}}, {"item": "keys.full_soon.2026-12-01", "area": "keys", "severity": "warning", "title": {"text": "keys.due.full_soon", "args": {"blocks": "3", "month": "2026-11"}}, "person": "", "rule": "keys-27", "how": "read", "note": {"text": "review.became.by", "args": {"name": "admin"}}}, {"item": "keys.spot.2026-11-30", "area": "keys", "severity": "warning", "title": {"text": "keys.due.spot", "args": {}}, "person": "", "rule": "keys-27", "how": "read", "note": {"text": "review.became.by", "args": {"name": "admin"}}}, {"item": "keys.unringed.1.2026-11-30", "area": "keys", "severity": "info", "title": {"text": "keys.due.unringed", "args": {"block": "3", "count": 1, "first": "3-2 502"}}, "person": "", "rule": "keys-11", "how": "read", "note": {"text": "review.became.by", "args": {"name": "admin"}}}], "unknown": [["cstui_confidentiality", {"verbatim": "ImportError: cannot import name ''refers_to'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (models/accounts.py:9)"}], ["cstui_hygiene", {"verbatim": "ImportError: cannot import name ''Reason'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (cstui_hygiene/inputs.py:7)"}], ["cstui_rewards", {"verbatim": "ImportError: cannot import name ''Reason'' from ''cstui.api'' (/tmp/care/old/src/cstui/api.py) (awards/inputs.py:9)"}]], "acts": [["keys.label", 2], ["people.enrol", 2], ["keys.lend", 1], ["keys.register", 1], ["people.first_admin", 1], ["people.set_pin", 1], ["site.set_figure", 1]]}','cstui-checkpoint c47ea29975086b6dff82520262482956 15 23659803089b3d38a97b089f69cbcaa99d4a0268dd59d6f2f82ef7e96b398f8d 2026-11-29T16:31:12+00:00');
CREATE TABLE "site_day" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "day" DATE NOT NULL UNIQUE,
    "working" INT NOT NULL,
    "note" VARCHAR(200) NOT NULL
);
CREATE TABLE "site_figure" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "rule" VARCHAR(48) NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "value" VARCHAR(500) NOT NULL,
    "old" VARCHAR(500) NOT NULL,
    "first_day" DATE NOT NULL,
    "set_by" VARCHAR(64) NOT NULL,
    "reason" VARCHAR(500) NOT NULL
);
INSERT INTO "site_figure" VALUES(1,1,'keys-22 loan_max','keys-22','loan_max','43200.0','86400.0','2026-12-01','admin','冬季');
CREATE TABLE "site_header" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" INT NOT NULL,
    "search" VARCHAR(512) NOT NULL,
    "register" VARCHAR(64) NOT NULL,
    "header" VARCHAR(200) NOT NULL,
    "field" VARCHAR(64) NOT NULL,
    CONSTRAINT "uid_site_header_registe_20c53a" UNIQUE ("register", "header")
);
CREATE TABLE "tortoise_migrations" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
INSERT INTO "tortoise_migrations" VALUES(1,'people','0001_initial','2026-11-29 16:30:34.056729+00:00');
INSERT INTO "tortoise_migrations" VALUES(2,'approvals','0001_initial','2026-11-29 16:30:34.076801+00:00');
INSERT INTO "tortoise_migrations" VALUES(3,'approvals','0002_titles_in_words','2026-11-29 16:30:34.085880+00:00');
INSERT INTO "tortoise_migrations" VALUES(4,'house','0001_initial','2026-11-29 16:30:34.116613+00:00');
INSERT INTO "tortoise_migrations" VALUES(5,'keys','0001_initial','2026-11-29 16:30:34.194498+00:00');
INSERT INTO "tortoise_migrations" VALUES(6,'keys','0002_to_the_last_rule','2026-11-29 16:30:34.452174+00:00');
INSERT INTO "tortoise_migrations" VALUES(7,'ledger','0001_initial','2026-11-29 16:30:34.468691+00:00');
INSERT INTO "tortoise_migrations" VALUES(8,'review','0001_initial','2026-11-29 16:30:34.502347+00:00');
INSERT INTO "tortoise_migrations" VALUES(9,'review','0002_own_and_questions','2026-11-29 16:30:34.568762+00:00');
INSERT INTO "tortoise_migrations" VALUES(10,'site','0001_initial','2026-11-29 16:30:34.610481+00:00');
INSERT INTO "tortoise_migrations" VALUES(11,'site','0002_headers','2026-11-29 16:30:34.631143+00:00');
CREATE INDEX "idx_people_shif_search_270043" ON "people_shift" ("search");
CREATE INDEX "idx_people_team_search_787223" ON "people_team" ("search");
CREATE INDEX "idx_people_staf_search_d48e44" ON "people_staff" ("search");
CREATE INDEX "idx_people_abse_search_091581" ON "people_absence" ("search");
CREATE INDEX "idx_people_abse_first_d_2a50fe" ON "people_absence" ("first_day");
CREATE INDEX "idx_people_abse_last_da_cb5eb9" ON "people_absence" ("last_day");
CREATE INDEX "idx_people_duty_search_685813" ON "people_duty" ("search");
CREATE INDEX "idx_people_duty_day_f6e0b1" ON "people_duty" ("day");
CREATE INDEX "idx_people_pin_search_43c223" ON "people_pin" ("search");
CREATE INDEX "idx_people_role_search_059843" ON "people_role" ("search");
CREATE INDEX "idx_approvals_d_search_44ebe2" ON "approvals_deputy" ("search");
CREATE INDEX "idx_approvals_f_search_79548e" ON "approvals_finding" ("search");
CREATE INDEX "idx_approvals_r_search_7303d9" ON "approvals_request" ("search");
CREATE INDEX "idx_approvals_r_kind_e344c6" ON "approvals_request" ("kind");
CREATE INDEX "idx_approvals_d_search_34d447" ON "approvals_decision" ("search");
CREATE INDEX "idx_house_entry_action_0206a8" ON "house_entry" ("action");
CREATE INDEX "idx_house_ref_seq_ddd641" ON "house_ref" ("seq");
CREATE INDEX "idx_house_ref_ref_b1af6b" ON "house_ref" ("ref");
CREATE INDEX "idx_keys_buildi_search_e6505c" ON "keys_building" ("search");
CREATE INDEX "idx_keys_buildi_natural_141f66" ON "keys_building" ("natural");
CREATE INDEX "idx_keys_loan_search_d4bbdc" ON "keys_loan" ("search");
CREATE INDEX "idx_keys_loan_state_640fa9" ON "keys_loan" ("state");
CREATE INDEX "idx_keys_loan_out_at_04fb69" ON "keys_loan" ("out_at");
CREATE INDEX "idx_keys_loan_due_at_e65b80" ON "keys_loan" ("due_at");
CREATE INDEX "idx_keys_ring_search_559f51" ON "keys_ring" ("search");
CREATE INDEX "idx_keys_ring_natural_b3814f" ON "keys_ring" ("natural");
CREATE INDEX "idx_keys_space_search_a3993a" ON "keys_space" ("search");
CREATE INDEX "idx_keys_space_natural_7e160b" ON "keys_space" ("natural");
CREATE INDEX "idx_keys_key_search_7ed6c1" ON "keys_key" ("search");
CREATE INDEX "idx_keys_key_label_t_df1dc8" ON "keys_key" ("label_text");
CREATE INDEX "idx_keys_key_natural_eec2b9" ON "keys_key" ("natural");
CREATE INDEX "idx_keys_key_state_bf416a" ON "keys_key" ("state");
CREATE INDEX "idx_keys_loan_l_search_bb6a03" ON "keys_loan_line" ("search");
CREATE INDEX "idx_keys_loss_search_fdba00" ON "keys_loss" ("search");
CREATE INDEX "idx_keys_loss_state_0a35f7" ON "keys_loss" ("state");
CREATE INDEX "idx_keys_closin_search_a2b591" ON "keys_closing_check" ("search");
CREATE INDEX "idx_keys_count_search_304a77" ON "keys_count" ("search");
CREATE INDEX "idx_keys_count_kind_eeaaa3" ON "keys_count" ("kind");
CREATE INDEX "idx_keys_count_state_eb1813" ON "keys_count" ("state");
CREATE INDEX "idx_keys_count_on_3835fe" ON "keys_count" ("on");
CREATE INDEX "idx_keys_count__search_d4ed7a" ON "keys_count_line" ("search");
CREATE INDEX "idx_keys_count__state_5bf853" ON "keys_count_line" ("state");
CREATE INDEX "idx_keys_househ_search_feb0e9" ON "keys_household_paper" ("search");
CREATE INDEX "idx_keys_househ_day_43c8e5" ON "keys_household_paper" ("day");
CREATE INDEX "idx_keys_duplic_search_3f6b88" ON "keys_duplication" ("search");
CREATE INDEX "idx_keys_duplic_state_b9b7a4" ON "keys_duplication" ("state");
CREATE INDEX "idx_keys_duplic_request_c0d96c" ON "keys_duplication" ("requested_at");
CREATE INDEX "idx_keys_missin_search_f2ebe4" ON "keys_missing_key" ("search");
CREATE INDEX "idx_keys_not_su_search_6c948d" ON "keys_not_supplied" ("search");
CREATE INDEX "idx_keys_owner__search_fd6521" ON "keys_owner_issue" ("search");
CREATE INDEX "idx_keys_owner__state_9045fd" ON "keys_owner_issue" ("state");
CREATE INDEX "idx_keys_owner__prepare_d0c682" ON "keys_owner_issue" ("prepared_at");
CREATE INDEX "idx_keys_issue__search_640b3f" ON "keys_issue_line" ("search");
CREATE INDEX "idx_keys_owner__search_820550" ON "keys_owner_return" ("search");
CREATE INDEX "idx_keys_owner__at_933cdb" ON "keys_owner_return" ("at");
CREATE INDEX "idx_keys_issued_search_990134" ON "keys_issued_key" ("search");
CREATE INDEX "idx_keys_takeov_search_e5e0ca" ON "keys_takeover" ("search");
CREATE INDEX "idx_keys_takeov_state_bf47d7" ON "keys_takeover" ("state");
CREATE INDEX "idx_keys_takeov_on_784afd" ON "keys_takeover" ("on");
CREATE INDEX "idx_keys_takeov_search_2e05e4" ON "keys_takeover_line" ("search");
CREATE INDEX "idx_keys_takeov_natural_d4020f" ON "keys_takeover_line" ("natural");
CREATE INDEX "idx_ledger_post_search_2d9a5a" ON "ledger_posting" ("search");
CREATE INDEX "idx_ledger_post_day_ab9cdf" ON "ledger_posting" ("day");
CREATE INDEX "idx_review_sign_search_ea35ff" ON "review_signoff" ("search");
CREATE INDEX "idx_review_own_search_4f30b4" ON "review_own" ("search");
CREATE INDEX "idx_review_own_due_at_32dc7f" ON "review_own" ("due_at");
CREATE INDEX "idx_review_ques_search_2f9b4d" ON "review_question" ("search");
CREATE INDEX "idx_review_ques_item_fc2e3f" ON "review_question" ("item");
CREATE INDEX "idx_review_ques_closed__bce12a" ON "review_question" ("closed_at");
CREATE INDEX "idx_site_day_search_0c0b34" ON "site_day" ("search");
CREATE INDEX "idx_site_figure_search_bfd850" ON "site_figure" ("search");
CREATE INDEX "idx_site_figure_rule_37e405" ON "site_figure" ("rule");
CREATE INDEX "idx_site_header_search_2c5036" ON "site_header" ("search");
CREATE UNIQUE INDEX "people_pin_once" ON "people_pin" ("staff_id");
CREATE UNIQUE INDEX "people_duty_once" ON "people_duty" ("staff_id", "day", "shift_id");
CREATE UNIQUE INDEX "approvals_step_once" ON "approvals_decision" ("request_id", "step");
CREATE UNIQUE INDEX "ledger_reversed_once" ON "ledger_posting" ("reverses_id");
CREATE UNIQUE INDEX "review_read_once" ON "review_disposition" ("item", "day") WHERE kind = 'read';
CREATE UNIQUE INDEX "review_seen_once" ON "review_disposition" ("item", "day", "by_login") WHERE kind = 'seen';
CREATE UNIQUE INDEX "uq_keys_one_open_loan" ON "keys_loan_line" ("key_id") WHERE "back_at" IS NULL;
CREATE UNIQUE INDEX "uq_keys_one_open_loss" ON "keys_loss" ("key_id") WHERE "state" = 'reported';
CREATE UNIQUE INDEX "uq_keys_one_owner" ON "keys_issued_key" ("key_id") WHERE "until" IS NULL;
CREATE UNIQUE INDEX "uq_keys_one_open_takeover" ON "keys_takeover" ("building_id") WHERE "state" <> 'closed';
CREATE UNIQUE INDEX "uq_keys_not_supplied_once" ON "keys_not_supplied" ("space_id", "door_kind");
CREATE UNIQUE INDEX "uq_keys_one_handover" ON "keys_count" ("building_id") WHERE "kind" = 'handover' AND "state" = 'draft';
CREATE UNIQUE INDEX "uq_keys_missing_once" ON "keys_missing_key" ("line_id", "key_id");
CREATE INDEX "idx_review_disp_search_65b22a" ON "review_disposition" ("search");
CREATE INDEX "idx_review_disp_item_b6930e" ON "review_disposition" ("item");
CREATE INDEX "idx_review_disp_day_81fd35" ON "review_disposition" ("day");
CREATE INDEX "idx_keys_custod_search_e56509" ON "keys_custody_event" ("search");
CREATE INDEX "idx_keys_custod_at_400fc6" ON "keys_custody_event" ("at");
CREATE TRIGGER "journal_people_absence_insert" AFTER INSERT ON "people_absence" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_absence',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'first_day',NEW."first_day",'last_day',NEW."last_day",'kind',NEW."kind",'note',NEW."note",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_absence_update" AFTER UPDATE ON "people_absence" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_absence',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'first_day',OLD."first_day",'last_day',OLD."last_day",'kind',OLD."kind",'note',OLD."note",'staff_id',OLD."staff_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'first_day',NEW."first_day",'last_day',NEW."last_day",'kind',NEW."kind",'note',NEW."note",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_absence_delete" AFTER DELETE ON "people_absence" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_absence',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'first_day',OLD."first_day",'last_day',OLD."last_day",'kind',OLD."kind",'note',OLD."note",'staff_id',OLD."staff_id"),NULL); END;
CREATE TRIGGER "journal_people_duty_insert" AFTER INSERT ON "people_duty" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_duty',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'start_at',NEW."start_at",'end_at',NEW."end_at",'shift_id',NEW."shift_id",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_duty_update" AFTER UPDATE ON "people_duty" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_duty',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'start_at',OLD."start_at",'end_at',OLD."end_at",'shift_id',OLD."shift_id",'staff_id',OLD."staff_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'start_at',NEW."start_at",'end_at',NEW."end_at",'shift_id',NEW."shift_id",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_duty_delete" AFTER DELETE ON "people_duty" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_duty',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'start_at',OLD."start_at",'end_at',OLD."end_at",'shift_id',OLD."shift_id",'staff_id',OLD."staff_id"),NULL); END;
CREATE TRIGGER "journal_people_pin_insert" AFTER INSERT ON "people_pin" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_pin',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'hash',CASE WHEN NEW."hash" IS NULL THEN NULL ELSE '***' END,'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_pin_update" AFTER UPDATE ON "people_pin" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_pin',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'hash',CASE WHEN OLD."hash" IS NULL THEN NULL ELSE '***' END,'staff_id',OLD."staff_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'hash',CASE WHEN NEW."hash" IS NULL THEN NULL ELSE '***' END,'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_pin_delete" AFTER DELETE ON "people_pin" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_pin',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'hash',CASE WHEN OLD."hash" IS NULL THEN NULL ELSE '***' END,'staff_id',OLD."staff_id"),NULL); END;
CREATE TRIGGER "journal_people_role_insert" AFTER INSERT ON "people_role" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_role',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'role',NEW."role",'first_day',NEW."first_day",'last_day',NEW."last_day",'granted_by',NEW."granted_by",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_role_update" AFTER UPDATE ON "people_role" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_role',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'role',OLD."role",'first_day',OLD."first_day",'last_day',OLD."last_day",'granted_by',OLD."granted_by",'staff_id',OLD."staff_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'role',NEW."role",'first_day',NEW."first_day",'last_day',NEW."last_day",'granted_by',NEW."granted_by",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_people_role_delete" AFTER DELETE ON "people_role" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_role',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'role',OLD."role",'first_day',OLD."first_day",'last_day',OLD."last_day",'granted_by',OLD."granted_by",'staff_id',OLD."staff_id"),NULL); END;
CREATE TRIGGER "journal_people_shift_insert" AFTER INSERT ON "people_shift" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_shift',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'start_minute',NEW."start_minute",'end_minute',NEW."end_minute")); END;
CREATE TRIGGER "journal_people_shift_update" AFTER UPDATE ON "people_shift" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_shift',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'start_minute',OLD."start_minute",'end_minute',OLD."end_minute"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'start_minute',NEW."start_minute",'end_minute',NEW."end_minute")); END;
CREATE TRIGGER "journal_people_shift_delete" AFTER DELETE ON "people_shift" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_shift',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'start_minute',OLD."start_minute",'end_minute',OLD."end_minute"),NULL); END;
CREATE TRIGGER "journal_people_staff_insert" AFTER INSERT ON "people_staff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_staff',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'login',NEW."login",'number',NEW."number",'name',NEW."name",'phone',NEW."phone",'department',NEW."department",'post',NEW."post",'hired_on',NEW."hired_on",'left_on',NEW."left_on",'team_id',NEW."team_id")); END;
CREATE TRIGGER "journal_people_staff_update" AFTER UPDATE ON "people_staff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_staff',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'login',OLD."login",'number',OLD."number",'name',OLD."name",'phone',OLD."phone",'department',OLD."department",'post',OLD."post",'hired_on',OLD."hired_on",'left_on',OLD."left_on",'team_id',OLD."team_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'login',NEW."login",'number',NEW."number",'name',NEW."name",'phone',NEW."phone",'department',NEW."department",'post',NEW."post",'hired_on',NEW."hired_on",'left_on',NEW."left_on",'team_id',NEW."team_id")); END;
CREATE TRIGGER "journal_people_staff_delete" AFTER DELETE ON "people_staff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_staff',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'login',OLD."login",'number',OLD."number",'name',OLD."name",'phone',OLD."phone",'department',OLD."department",'post',OLD."post",'hired_on',OLD."hired_on",'left_on',OLD."left_on",'team_id',OLD."team_id"),NULL); END;
CREATE TRIGGER "journal_people_team_insert" AFTER INSERT ON "people_team" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_team',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'department',NEW."department")); END;
CREATE TRIGGER "journal_people_team_update" AFTER UPDATE ON "people_team" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_team',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'department',OLD."department"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'department',NEW."department")); END;
CREATE TRIGGER "journal_people_team_delete" AFTER DELETE ON "people_team" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('people_team',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'department',OLD."department"),NULL); END;
CREATE TRIGGER "journal_approvals_decision_insert" AFTER INSERT ON "approvals_decision" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_decision',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'step',NEW."step",'by_login',NEW."by_login",'verdict',NEW."verdict",'note',NEW."note",'at',NEW."at",'by_id',NEW."by_id",'request_id',NEW."request_id")); END;
CREATE TRIGGER "journal_approvals_decision_update" AFTER UPDATE ON "approvals_decision" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_decision',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'step',OLD."step",'by_login',OLD."by_login",'verdict',OLD."verdict",'note',OLD."note",'at',OLD."at",'by_id',OLD."by_id",'request_id',OLD."request_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'step',NEW."step",'by_login',NEW."by_login",'verdict',NEW."verdict",'note',NEW."note",'at',NEW."at",'by_id',NEW."by_id",'request_id',NEW."request_id")); END;
CREATE TRIGGER "journal_approvals_decision_delete" AFTER DELETE ON "approvals_decision" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_decision',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'step',OLD."step",'by_login',OLD."by_login",'verdict',OLD."verdict",'note',OLD."note",'at',OLD."at",'by_id',OLD."by_id",'request_id',OLD."request_id"),NULL); END;
CREATE TRIGGER "journal_approvals_deputy_insert" AFTER INSERT ON "approvals_deputy" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_deputy',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'role',NEW."role",'first_day',NEW."first_day",'last_day',NEW."last_day",'deputy_id',NEW."deputy_id",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_approvals_deputy_update" AFTER UPDATE ON "approvals_deputy" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_deputy',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'role',OLD."role",'first_day',OLD."first_day",'last_day',OLD."last_day",'deputy_id',OLD."deputy_id",'staff_id',OLD."staff_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'role',NEW."role",'first_day',NEW."first_day",'last_day',NEW."last_day",'deputy_id',NEW."deputy_id",'staff_id',NEW."staff_id")); END;
CREATE TRIGGER "journal_approvals_deputy_delete" AFTER DELETE ON "approvals_deputy" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_deputy',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'role',OLD."role",'first_day',OLD."first_day",'last_day',OLD."last_day",'deputy_id',OLD."deputy_id",'staff_id',OLD."staff_id"),NULL); END;
CREATE TRIGGER "journal_approvals_finding_insert" AFTER INSERT ON "approvals_finding" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_finding',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'area',NEW."area",'record_id',NEW."record_id",'rule',NEW."rule",'title',NEW."title",'words',NEW."words",'figure_fen',NEW."figure_fen",'state',NEW."state",'found_at',NEW."found_at",'decided_by',NEW."decided_by",'decision',NEW."decision",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_approvals_finding_update" AFTER UPDATE ON "approvals_finding" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_finding',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'area',OLD."area",'record_id',OLD."record_id",'rule',OLD."rule",'title',OLD."title",'words',OLD."words",'figure_fen',OLD."figure_fen",'state',OLD."state",'found_at',OLD."found_at",'decided_by',OLD."decided_by",'decision',OLD."decision",'person_id',OLD."person_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'area',NEW."area",'record_id',NEW."record_id",'rule',NEW."rule",'title',NEW."title",'words',NEW."words",'figure_fen',NEW."figure_fen",'state',NEW."state",'found_at',NEW."found_at",'decided_by',NEW."decided_by",'decision',NEW."decision",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_approvals_finding_delete" AFTER DELETE ON "approvals_finding" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_finding',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'area',OLD."area",'record_id',OLD."record_id",'rule',OLD."rule",'title',OLD."title",'words',OLD."words",'figure_fen',OLD."figure_fen",'state',OLD."state",'found_at',OLD."found_at",'decided_by',OLD."decided_by",'decision',OLD."decision",'person_id',OLD."person_id"),NULL); END;
CREATE TRIGGER "journal_approvals_request_insert" AFTER INSERT ON "approvals_request" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_request',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'record_id',NEW."record_id",'title',NEW."title",'words',NEW."words",'requester_login',NEW."requester_login",'step',NEW."step",'state',NEW."state",'opened_at',NEW."opened_at",'requester_id',NEW."requester_id")); END;
CREATE TRIGGER "journal_approvals_request_update" AFTER UPDATE ON "approvals_request" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_request',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'record_id',OLD."record_id",'title',OLD."title",'words',OLD."words",'requester_login',OLD."requester_login",'step',OLD."step",'state',OLD."state",'opened_at',OLD."opened_at",'requester_id',OLD."requester_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'record_id',NEW."record_id",'title',NEW."title",'words',NEW."words",'requester_login',NEW."requester_login",'step',NEW."step",'state',NEW."state",'opened_at',NEW."opened_at",'requester_id',NEW."requester_id")); END;
CREATE TRIGGER "journal_approvals_request_delete" AFTER DELETE ON "approvals_request" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('approvals_request',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'record_id',OLD."record_id",'title',OLD."title",'words',OLD."words",'requester_login',OLD."requester_login",'step',OLD."step",'state',OLD."state",'opened_at',OLD."opened_at",'requester_id',OLD."requester_id"),NULL); END;
CREATE TRIGGER "journal_ledger_posting_insert" AFTER INSERT ON "ledger_posting" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('ledger_posting',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'amount',NEW."amount",'rule',NEW."rule",'source',NEW."source",'day',NEW."day",'note',NEW."note",'posted_by',NEW."posted_by",'person_id',NEW."person_id",'reverses_id',NEW."reverses_id")); END;
CREATE TRIGGER "journal_ledger_posting_update" AFTER UPDATE ON "ledger_posting" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('ledger_posting',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'amount',OLD."amount",'rule',OLD."rule",'source',OLD."source",'day',OLD."day",'note',OLD."note",'posted_by',OLD."posted_by",'person_id',OLD."person_id",'reverses_id',OLD."reverses_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'amount',NEW."amount",'rule',NEW."rule",'source',NEW."source",'day',NEW."day",'note',NEW."note",'posted_by',NEW."posted_by",'person_id',NEW."person_id",'reverses_id',NEW."reverses_id")); END;
CREATE TRIGGER "journal_ledger_posting_delete" AFTER DELETE ON "ledger_posting" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('ledger_posting',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'amount',OLD."amount",'rule',OLD."rule",'source',OLD."source",'day',OLD."day",'note',OLD."note",'posted_by',OLD."posted_by",'person_id',OLD."person_id",'reverses_id',OLD."reverses_id"),NULL); END;
CREATE TRIGGER "journal_site_day_insert" AFTER INSERT ON "site_day" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_day',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'working',NEW."working",'note',NEW."note")); END;
CREATE TRIGGER "journal_site_day_update" AFTER UPDATE ON "site_day" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_day',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'working',OLD."working",'note',OLD."note"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'working',NEW."working",'note',NEW."note")); END;
CREATE TRIGGER "journal_site_day_delete" AFTER DELETE ON "site_day" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_day',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'working',OLD."working",'note',OLD."note"),NULL); END;
CREATE TRIGGER "journal_site_header_insert" AFTER INSERT ON "site_header" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_header',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'register',NEW."register",'header',NEW."header",'field',NEW."field")); END;
CREATE TRIGGER "journal_site_header_update" AFTER UPDATE ON "site_header" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_header',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'register',OLD."register",'header',OLD."header",'field',OLD."field"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'register',NEW."register",'header',NEW."header",'field',NEW."field")); END;
CREATE TRIGGER "journal_site_header_delete" AFTER DELETE ON "site_header" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_header',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'register',OLD."register",'header',OLD."header",'field',OLD."field"),NULL); END;
CREATE TRIGGER "journal_site_figure_insert" AFTER INSERT ON "site_figure" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_figure',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'rule',NEW."rule",'name',NEW."name",'value',NEW."value",'old',NEW."old",'first_day',NEW."first_day",'set_by',NEW."set_by",'reason',NEW."reason")); END;
CREATE TRIGGER "journal_site_figure_update" AFTER UPDATE ON "site_figure" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_figure',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'rule',OLD."rule",'name',OLD."name",'value',OLD."value",'old',OLD."old",'first_day',OLD."first_day",'set_by',OLD."set_by",'reason',OLD."reason"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'rule',NEW."rule",'name',NEW."name",'value',NEW."value",'old',NEW."old",'first_day',NEW."first_day",'set_by',NEW."set_by",'reason',NEW."reason")); END;
CREATE TRIGGER "journal_site_figure_delete" AFTER DELETE ON "site_figure" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('site_figure',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'rule',OLD."rule",'name',OLD."name",'value',OLD."value",'old',OLD."old",'first_day',OLD."first_day",'set_by',OLD."set_by",'reason',OLD."reason"),NULL); END;
CREATE TRIGGER "journal_review_disposition_insert" AFTER INSERT ON "review_disposition" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_disposition',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'item',NEW."item",'day',NEW."day",'kind',NEW."kind",'note',NEW."note",'until',NEW."until",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'to_id',NEW."to_id")); END;
CREATE TRIGGER "journal_review_disposition_update" AFTER UPDATE ON "review_disposition" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_disposition',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'item',OLD."item",'day',OLD."day",'kind',OLD."kind",'note',OLD."note",'until',OLD."until",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'to_id',OLD."to_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'item',NEW."item",'day',NEW."day",'kind',NEW."kind",'note',NEW."note",'until',NEW."until",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'to_id',NEW."to_id")); END;
CREATE TRIGGER "journal_review_disposition_delete" AFTER DELETE ON "review_disposition" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_disposition',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'item',OLD."item",'day',OLD."day",'kind',OLD."kind",'note',OLD."note",'until',OLD."until",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'to_id',OLD."to_id"),NULL); END;
CREATE TRIGGER "journal_review_own_insert" AFTER INSERT ON "review_own" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_own',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'text',NEW."text",'due_at',NEW."due_at",'timed',NEW."timed",'shared',NEW."shared",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'done_at',NEW."done_at",'done_by',NEW."done_by",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_review_own_update" AFTER UPDATE ON "review_own" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_own',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'text',OLD."text",'due_at',OLD."due_at",'timed',OLD."timed",'shared',OLD."shared",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'done_at',OLD."done_at",'done_by',OLD."done_by",'person_id',OLD."person_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'text',NEW."text",'due_at',NEW."due_at",'timed',NEW."timed",'shared',NEW."shared",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'done_at',NEW."done_at",'done_by',NEW."done_by",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_review_own_delete" AFTER DELETE ON "review_own" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_own',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'text',OLD."text",'due_at',OLD."due_at",'timed',OLD."timed",'shared',OLD."shared",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'done_at',OLD."done_at",'done_by',OLD."done_by",'person_id',OLD."person_id"),NULL); END;
CREATE TRIGGER "journal_review_question_insert" AFTER INSERT ON "review_question" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_question',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'item',NEW."item",'title',NEW."title",'question',NEW."question",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'answer',NEW."answer",'answered_at',NEW."answered_at",'closed_at',NEW."closed_at",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_review_question_update" AFTER UPDATE ON "review_question" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_question',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'item',OLD."item",'title',OLD."title",'question',OLD."question",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'answer',OLD."answer",'answered_at',OLD."answered_at",'closed_at',OLD."closed_at",'person_id',OLD."person_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'item',NEW."item",'title',NEW."title",'question',NEW."question",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'answer',NEW."answer",'answered_at',NEW."answered_at",'closed_at',NEW."closed_at",'person_id',NEW."person_id")); END;
CREATE TRIGGER "journal_review_question_delete" AFTER DELETE ON "review_question" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_question',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'item',OLD."item",'title',OLD."title",'question',OLD."question",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'answer',OLD."answer",'answered_at',OLD."answered_at",'closed_at',OLD."closed_at",'person_id',OLD."person_id"),NULL); END;
CREATE TRIGGER "journal_review_signoff_insert" AFTER INSERT ON "review_signoff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_signoff',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'late',NEW."late",'note',NEW."note",'statement',NEW."statement",'checkpoint',NEW."checkpoint")); END;
CREATE TRIGGER "journal_review_signoff_update" AFTER UPDATE ON "review_signoff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_signoff',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'late',OLD."late",'note',OLD."note",'statement',OLD."statement",'checkpoint',OLD."checkpoint"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'by_login',NEW."by_login",'by_name',NEW."by_name",'at',NEW."at",'late',NEW."late",'note',NEW."note",'statement',NEW."statement",'checkpoint',NEW."checkpoint")); END;
CREATE TRIGGER "journal_review_signoff_delete" AFTER DELETE ON "review_signoff" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('review_signoff',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'by_login',OLD."by_login",'by_name',OLD."by_name",'at',OLD."at",'late',OLD."late",'note',OLD."note",'statement',OLD."statement",'checkpoint',OLD."checkpoint"),NULL); END;
CREATE TRIGGER "journal_keys_building_insert" AFTER INSERT ON "keys_building" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_building',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'block',NEW."block",'natural',NEW."natural",'units',NEW."units",'floors',NEW."floors",'taken_over_on',NEW."taken_over_on",'state',NEW."state",'owner_kinds',NEW."owner_kinds",'custodian_id',NEW."custodian_id",'deputy_id',NEW."deputy_id")); END;
CREATE TRIGGER "journal_keys_building_update" AFTER UPDATE ON "keys_building" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_building',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'block',OLD."block",'natural',OLD."natural",'units',OLD."units",'floors',OLD."floors",'taken_over_on',OLD."taken_over_on",'state',OLD."state",'owner_kinds',OLD."owner_kinds",'custodian_id',OLD."custodian_id",'deputy_id',OLD."deputy_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'block',NEW."block",'natural',NEW."natural",'units',NEW."units",'floors',NEW."floors",'taken_over_on',NEW."taken_over_on",'state',NEW."state",'owner_kinds',NEW."owner_kinds",'custodian_id',NEW."custodian_id",'deputy_id',NEW."deputy_id")); END;
CREATE TRIGGER "journal_keys_building_delete" AFTER DELETE ON "keys_building" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_building',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'block',OLD."block",'natural',OLD."natural",'units',OLD."units",'floors',OLD."floors",'taken_over_on',OLD."taken_over_on",'state',OLD."state",'owner_kinds',OLD."owner_kinds",'custodian_id',OLD."custodian_id",'deputy_id',OLD."deputy_id"),NULL); END;
CREATE TRIGGER "journal_keys_closing_check_insert" AFTER INSERT ON "keys_closing_check" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_closing_check',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'at',NEW."at",'by',NEW."by",'loans_out',NEW."loans_out",'remark',NEW."remark")); END;
CREATE TRIGGER "journal_keys_closing_check_update" AFTER UPDATE ON "keys_closing_check" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_closing_check',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'at',OLD."at",'by',OLD."by",'loans_out',OLD."loans_out",'remark',OLD."remark"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'day',NEW."day",'at',NEW."at",'by',NEW."by",'loans_out',NEW."loans_out",'remark',NEW."remark")); END;
CREATE TRIGGER "journal_keys_closing_check_delete" AFTER DELETE ON "keys_closing_check" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_closing_check',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'day',OLD."day",'at',OLD."at",'by',OLD."by",'loans_out',OLD."loans_out",'remark',OLD."remark"),NULL); END;
CREATE TRIGGER "journal_keys_count_insert" AFTER INSERT ON "keys_count" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'count_no',NEW."count_no",'kind',NEW."kind",'state',NEW."state",'on',NEW."on",'signed_at',NEW."signed_at",'signature_ref',NEW."signature_ref",'conclusion',NEW."conclusion",'building_id',NEW."building_id",'counted_by_id',NEW."counted_by_id",'custodian_id',NEW."custodian_id",'witness_id',NEW."witness_id")); END;
CREATE TRIGGER "journal_keys_count_update" AFTER UPDATE ON "keys_count" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'count_no',OLD."count_no",'kind',OLD."kind",'state',OLD."state",'on',OLD."on",'signed_at',OLD."signed_at",'signature_ref',OLD."signature_ref",'conclusion',OLD."conclusion",'building_id',OLD."building_id",'counted_by_id',OLD."counted_by_id",'custodian_id',OLD."custodian_id",'witness_id',OLD."witness_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'count_no',NEW."count_no",'kind',NEW."kind",'state',NEW."state",'on',NEW."on",'signed_at',NEW."signed_at",'signature_ref',NEW."signature_ref",'conclusion',NEW."conclusion",'building_id',NEW."building_id",'counted_by_id',NEW."counted_by_id",'custodian_id',NEW."custodian_id",'witness_id',NEW."witness_id")); END;
CREATE TRIGGER "journal_keys_count_delete" AFTER DELETE ON "keys_count" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'count_no',OLD."count_no",'kind',OLD."kind",'state',OLD."state",'on',OLD."on",'signed_at',OLD."signed_at",'signature_ref',OLD."signature_ref",'conclusion',OLD."conclusion",'building_id',OLD."building_id",'counted_by_id',OLD."counted_by_id",'custodian_id',OLD."custodian_id",'witness_id',OLD."witness_id"),NULL); END;
CREATE TRIGGER "journal_keys_count_line_insert" AFTER INSERT ON "keys_count_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count_line',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'line_no',NEW."line_no",'place',NEW."place",'state',NEW."state",'counter_said',CASE WHEN NEW."counter_said" IS NULL THEN NULL ELSE '***' END,'witness_said',CASE WHEN NEW."witness_said" IS NULL THEN NULL ELSE '***' END,'entered_at',NEW."entered_at",'recounts',NEW."recounts",'registered',NEW."registered",'present',NEW."present",'on_loan',NEW."on_loan",'issued',NEW."issued",'lost',NEW."lost",'missing',NEW."missing",'search_note',NEW."search_note",'searched_by',NEW."searched_by",'building_id',NEW."building_id",'count_id',NEW."count_id",'ring_id',NEW."ring_id")); END;
CREATE TRIGGER "journal_keys_count_line_update" AFTER UPDATE ON "keys_count_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count_line',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'line_no',OLD."line_no",'place',OLD."place",'state',OLD."state",'counter_said',CASE WHEN OLD."counter_said" IS NULL THEN NULL ELSE '***' END,'witness_said',CASE WHEN OLD."witness_said" IS NULL THEN NULL ELSE '***' END,'entered_at',OLD."entered_at",'recounts',OLD."recounts",'registered',OLD."registered",'present',OLD."present",'on_loan',OLD."on_loan",'issued',OLD."issued",'lost',OLD."lost",'missing',OLD."missing",'search_note',OLD."search_note",'searched_by',OLD."searched_by",'building_id',OLD."building_id",'count_id',OLD."count_id",'ring_id',OLD."ring_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'line_no',NEW."line_no",'place',NEW."place",'state',NEW."state",'counter_said',CASE WHEN NEW."counter_said" IS NULL THEN NULL ELSE '***' END,'witness_said',CASE WHEN NEW."witness_said" IS NULL THEN NULL ELSE '***' END,'entered_at',NEW."entered_at",'recounts',NEW."recounts",'registered',NEW."registered",'present',NEW."present",'on_loan',NEW."on_loan",'issued',NEW."issued",'lost',NEW."lost",'missing',NEW."missing",'search_note',NEW."search_note",'searched_by',NEW."searched_by",'building_id',NEW."building_id",'count_id',NEW."count_id",'ring_id',NEW."ring_id")); END;
CREATE TRIGGER "journal_keys_count_line_delete" AFTER DELETE ON "keys_count_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_count_line',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'line_no',OLD."line_no",'place',OLD."place",'state',OLD."state",'counter_said',CASE WHEN OLD."counter_said" IS NULL THEN NULL ELSE '***' END,'witness_said',CASE WHEN OLD."witness_said" IS NULL THEN NULL ELSE '***' END,'entered_at',OLD."entered_at",'recounts',OLD."recounts",'registered',OLD."registered",'present',OLD."present",'on_loan',OLD."on_loan",'issued',OLD."issued",'lost',OLD."lost",'missing',OLD."missing",'search_note',OLD."search_note",'searched_by',OLD."searched_by",'building_id',OLD."building_id",'count_id',OLD."count_id",'ring_id',OLD."ring_id"),NULL); END;
CREATE TRIGGER "journal_keys_custody_event_insert" AFTER INSERT ON "keys_custody_event" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_custody_event',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'at',NEW."at",'kind',NEW."kind",'from_holder',NEW."from_holder",'to_holder',NEW."to_holder",'record_ref',NEW."record_ref",'by',NEW."by",'prev_hash',NEW."prev_hash",'hash',NEW."hash",'key_id',NEW."key_id")); END;
CREATE TRIGGER "journal_keys_custody_event_update" AFTER UPDATE ON "keys_custody_event" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_custody_event',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'at',OLD."at",'kind',OLD."kind",'from_holder',OLD."from_holder",'to_holder',OLD."to_holder",'record_ref',OLD."record_ref",'by',OLD."by",'prev_hash',OLD."prev_hash",'hash',OLD."hash",'key_id',OLD."key_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'at',NEW."at",'kind',NEW."kind",'from_holder',NEW."from_holder",'to_holder',NEW."to_holder",'record_ref',NEW."record_ref",'by',NEW."by",'prev_hash',NEW."prev_hash",'hash',NEW."hash",'key_id',NEW."key_id")); END;
CREATE TRIGGER "journal_keys_custody_event_delete" AFTER DELETE ON "keys_custody_event" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_custody_event',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'at',OLD."at",'kind',OLD."kind",'from_holder',OLD."from_holder",'to_holder',OLD."to_holder",'record_ref',OLD."record_ref",'by',OLD."by",'prev_hash',OLD."prev_hash",'hash',OLD."hash",'key_id',OLD."key_id"),NULL); END;
CREATE TRIGGER "journal_keys_household_paper_insert" AFTER INSERT ON "keys_household_paper" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_household_paper',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'number',NEW."number",'day',NEW."day",'retention',NEW."retention",'archive_ref',NEW."archive_ref",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_household_paper_update" AFTER UPDATE ON "keys_household_paper" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_household_paper',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'number',OLD."number",'day',OLD."day",'retention',OLD."retention",'archive_ref',OLD."archive_ref",'space_id',OLD."space_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'kind',NEW."kind",'number',NEW."number",'day',NEW."day",'retention',NEW."retention",'archive_ref',NEW."archive_ref",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_household_paper_delete" AFTER DELETE ON "keys_household_paper" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_household_paper',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'kind',OLD."kind",'number',OLD."number",'day',OLD."day",'retention',OLD."retention",'archive_ref',OLD."archive_ref",'space_id',OLD."space_id"),NULL); END;
CREATE TRIGGER "journal_keys_issue_line_insert" AFTER INSERT ON "keys_issue_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issue_line',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'door_kind',NEW."door_kind",'count',NEW."count",'issue_id',NEW."issue_id")); END;
CREATE TRIGGER "journal_keys_issue_line_update" AFTER UPDATE ON "keys_issue_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issue_line',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'door_kind',OLD."door_kind",'count',OLD."count",'issue_id',OLD."issue_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'door_kind',NEW."door_kind",'count',NEW."count",'issue_id',NEW."issue_id")); END;
CREATE TRIGGER "journal_keys_issue_line_delete" AFTER DELETE ON "keys_issue_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issue_line',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'door_kind',OLD."door_kind",'count',OLD."count",'issue_id',OLD."issue_id"),NULL); END;
CREATE TRIGGER "journal_keys_issued_key_insert" AFTER INSERT ON "keys_issued_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issued_key',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'until',NEW."until",'issue_id',NEW."issue_id",'key_id',NEW."key_id",'returned_id',NEW."returned_id")); END;
CREATE TRIGGER "journal_keys_issued_key_update" AFTER UPDATE ON "keys_issued_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issued_key',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'until',OLD."until",'issue_id',OLD."issue_id",'key_id',OLD."key_id",'returned_id',OLD."returned_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'until',NEW."until",'issue_id',NEW."issue_id",'key_id',NEW."key_id",'returned_id',NEW."returned_id")); END;
CREATE TRIGGER "journal_keys_issued_key_delete" AFTER DELETE ON "keys_issued_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_issued_key',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'until',OLD."until",'issue_id',OLD."issue_id",'key_id',OLD."key_id",'returned_id',OLD."returned_id"),NULL); END;
CREATE TRIGGER "journal_keys_key_insert" AFTER INSERT ON "keys_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_key',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'tag_no',NEW."tag_no",'door_kind',NEW."door_kind",'copy_no',NEW."copy_no",'label_text',NEW."label_text",'natural',NEW."natural",'labelled',NEW."labelled",'label_owed_since',NEW."label_owed_since",'state',NEW."state",'custodian_dept',NEW."custodian_dept",'holder_kind',NEW."holder_kind",'received_on',NEW."received_on",'chain',NEW."chain",'holder_id',NEW."holder_id",'ring_id',NEW."ring_id",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_key_update" AFTER UPDATE ON "keys_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_key',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'tag_no',OLD."tag_no",'door_kind',OLD."door_kind",'copy_no',OLD."copy_no",'label_text',OLD."label_text",'natural',OLD."natural",'labelled',OLD."labelled",'label_owed_since',OLD."label_owed_since",'state',OLD."state",'custodian_dept',OLD."custodian_dept",'holder_kind',OLD."holder_kind",'received_on',OLD."received_on",'chain',OLD."chain",'holder_id',OLD."holder_id",'ring_id',OLD."ring_id",'space_id',OLD."space_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'tag_no',NEW."tag_no",'door_kind',NEW."door_kind",'copy_no',NEW."copy_no",'label_text',NEW."label_text",'natural',NEW."natural",'labelled',NEW."labelled",'label_owed_since',NEW."label_owed_since",'state',NEW."state",'custodian_dept',NEW."custodian_dept",'holder_kind',NEW."holder_kind",'received_on',NEW."received_on",'chain',NEW."chain",'holder_id',NEW."holder_id",'ring_id',NEW."ring_id",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_key_delete" AFTER DELETE ON "keys_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_key',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'tag_no',OLD."tag_no",'door_kind',OLD."door_kind",'copy_no',OLD."copy_no",'label_text',OLD."label_text",'natural',OLD."natural",'labelled',OLD."labelled",'label_owed_since',OLD."label_owed_since",'state',OLD."state",'custodian_dept',OLD."custodian_dept",'holder_kind',OLD."holder_kind",'received_on',OLD."received_on",'chain',OLD."chain",'holder_id',OLD."holder_id",'ring_id',OLD."ring_id",'space_id',OLD."space_id"),NULL); END;
CREATE TRIGGER "journal_keys_duplication_insert" AFTER INSERT ON "keys_duplication" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_duplication',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'duplication_no',NEW."duplication_no",'state',NEW."state",'copies',NEW."copies",'reason',NEW."reason",'consent_ref',NEW."consent_ref",'requested_by',NEW."requested_by",'requested_at',NEW."requested_at",'approved_by',NEW."approved_by",'approved_at',NEW."approved_at",'made_by',NEW."made_by",'made_at',NEW."made_at",'received',NEW."received",'registered',NEW."registered",'destroyed',NEW."destroyed",'asked_again',NEW."asked_again",'remark',NEW."remark",'key_id',NEW."key_id",'requester_id',NEW."requester_id",'witness_id',NEW."witness_id")); END;
CREATE TRIGGER "journal_keys_duplication_update" AFTER UPDATE ON "keys_duplication" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_duplication',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'duplication_no',OLD."duplication_no",'state',OLD."state",'copies',OLD."copies",'reason',OLD."reason",'consent_ref',OLD."consent_ref",'requested_by',OLD."requested_by",'requested_at',OLD."requested_at",'approved_by',OLD."approved_by",'approved_at',OLD."approved_at",'made_by',OLD."made_by",'made_at',OLD."made_at",'received',OLD."received",'registered',OLD."registered",'destroyed',OLD."destroyed",'asked_again',OLD."asked_again",'remark',OLD."remark",'key_id',OLD."key_id",'requester_id',OLD."requester_id",'witness_id',OLD."witness_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'duplication_no',NEW."duplication_no",'state',NEW."state",'copies',NEW."copies",'reason',NEW."reason",'consent_ref',NEW."consent_ref",'requested_by',NEW."requested_by",'requested_at',NEW."requested_at",'approved_by',NEW."approved_by",'approved_at',NEW."approved_at",'made_by',NEW."made_by",'made_at',NEW."made_at",'received',NEW."received",'registered',NEW."registered",'destroyed',NEW."destroyed",'asked_again',NEW."asked_again",'remark',NEW."remark",'key_id',NEW."key_id",'requester_id',NEW."requester_id",'witness_id',NEW."witness_id")); END;
CREATE TRIGGER "journal_keys_duplication_delete" AFTER DELETE ON "keys_duplication" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_duplication',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'duplication_no',OLD."duplication_no",'state',OLD."state",'copies',OLD."copies",'reason',OLD."reason",'consent_ref',OLD."consent_ref",'requested_by',OLD."requested_by",'requested_at',OLD."requested_at",'approved_by',OLD."approved_by",'approved_at',OLD."approved_at",'made_by',OLD."made_by",'made_at',OLD."made_at",'received',OLD."received",'registered',OLD."registered",'destroyed',OLD."destroyed",'asked_again',OLD."asked_again",'remark',OLD."remark",'key_id',OLD."key_id",'requester_id',OLD."requester_id",'witness_id',OLD."witness_id"),NULL); END;
CREATE TRIGGER "journal_keys_loan_insert" AFTER INSERT ON "keys_loan" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'loan_no',NEW."loan_no",'state',NEW."state",'department',NEW."department",'work_reason',NEW."work_reason",'work_order',NEW."work_order",'contractor',NEW."contractor",'out_at',NEW."out_at",'issued_by',NEW."issued_by",'signed',NEW."signed",'signature_ref',NEW."signature_ref",'consent_ref',NEW."consent_ref",'due_at',NEW."due_at",'due_basis',NEW."due_basis",'extended',NEW."extended",'extend_reason',NEW."extend_reason",'reminders',NEW."reminders",'reminded_at',NEW."reminded_at",'back_at',NEW."back_at",'borrower_id',NEW."borrower_id")); END;
CREATE TRIGGER "journal_keys_loan_update" AFTER UPDATE ON "keys_loan" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'loan_no',OLD."loan_no",'state',OLD."state",'department',OLD."department",'work_reason',OLD."work_reason",'work_order',OLD."work_order",'contractor',OLD."contractor",'out_at',OLD."out_at",'issued_by',OLD."issued_by",'signed',OLD."signed",'signature_ref',OLD."signature_ref",'consent_ref',OLD."consent_ref",'due_at',OLD."due_at",'due_basis',OLD."due_basis",'extended',OLD."extended",'extend_reason',OLD."extend_reason",'reminders',OLD."reminders",'reminded_at',OLD."reminded_at",'back_at',OLD."back_at",'borrower_id',OLD."borrower_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'loan_no',NEW."loan_no",'state',NEW."state",'department',NEW."department",'work_reason',NEW."work_reason",'work_order',NEW."work_order",'contractor',NEW."contractor",'out_at',NEW."out_at",'issued_by',NEW."issued_by",'signed',NEW."signed",'signature_ref',NEW."signature_ref",'consent_ref',NEW."consent_ref",'due_at',NEW."due_at",'due_basis',NEW."due_basis",'extended',NEW."extended",'extend_reason',NEW."extend_reason",'reminders',NEW."reminders",'reminded_at',NEW."reminded_at",'back_at',NEW."back_at",'borrower_id',NEW."borrower_id")); END;
CREATE TRIGGER "journal_keys_loan_delete" AFTER DELETE ON "keys_loan" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'loan_no',OLD."loan_no",'state',OLD."state",'department',OLD."department",'work_reason',OLD."work_reason",'work_order',OLD."work_order",'contractor',OLD."contractor",'out_at',OLD."out_at",'issued_by',OLD."issued_by",'signed',OLD."signed",'signature_ref',OLD."signature_ref",'consent_ref',OLD."consent_ref",'due_at',OLD."due_at",'due_basis',OLD."due_basis",'extended',OLD."extended",'extend_reason',OLD."extend_reason",'reminders',OLD."reminders",'reminded_at',OLD."reminded_at",'back_at',OLD."back_at",'borrower_id',OLD."borrower_id"),NULL); END;
CREATE TRIGGER "journal_keys_loan_line_insert" AFTER INSERT ON "keys_loan_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan_line',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'back_at',NEW."back_at",'received_by',NEW."received_by",'condition',NEW."condition",'remark',NEW."remark",'key_id',NEW."key_id",'loan_id',NEW."loan_id")); END;
CREATE TRIGGER "journal_keys_loan_line_update" AFTER UPDATE ON "keys_loan_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan_line',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'back_at',OLD."back_at",'received_by',OLD."received_by",'condition',OLD."condition",'remark',OLD."remark",'key_id',OLD."key_id",'loan_id',OLD."loan_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'back_at',NEW."back_at",'received_by',NEW."received_by",'condition',NEW."condition",'remark',NEW."remark",'key_id',NEW."key_id",'loan_id',NEW."loan_id")); END;
CREATE TRIGGER "journal_keys_loan_line_delete" AFTER DELETE ON "keys_loan_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loan_line',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'back_at',OLD."back_at",'received_by',OLD."received_by",'condition',OLD."condition",'remark',OLD."remark",'key_id',OLD."key_id",'loan_id',OLD."loan_id"),NULL); END;
CREATE TRIGGER "journal_keys_loss_insert" AFTER INSERT ON "keys_loss" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loss',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'state',NEW."state",'reported_by',NEW."reported_by",'noticed_at',NEW."noticed_at",'reported_at',NEW."reported_at",'circumstances',NEW."circumstances",'cost',NEW."cost",'decided_by',NEW."decided_by",'decided_at',NEW."decided_at",'conclusion',NEW."conclusion",'key_id',NEW."key_id",'last_holder_id',NEW."last_holder_id")); END;
CREATE TRIGGER "journal_keys_loss_update" AFTER UPDATE ON "keys_loss" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loss',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'state',OLD."state",'reported_by',OLD."reported_by",'noticed_at',OLD."noticed_at",'reported_at',OLD."reported_at",'circumstances',OLD."circumstances",'cost',OLD."cost",'decided_by',OLD."decided_by",'decided_at',OLD."decided_at",'conclusion',OLD."conclusion",'key_id',OLD."key_id",'last_holder_id',OLD."last_holder_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'state',NEW."state",'reported_by',NEW."reported_by",'noticed_at',NEW."noticed_at",'reported_at',NEW."reported_at",'circumstances',NEW."circumstances",'cost',NEW."cost",'decided_by',NEW."decided_by",'decided_at',NEW."decided_at",'conclusion',NEW."conclusion",'key_id',NEW."key_id",'last_holder_id',NEW."last_holder_id")); END;
CREATE TRIGGER "journal_keys_loss_delete" AFTER DELETE ON "keys_loss" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_loss',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'state',OLD."state",'reported_by',OLD."reported_by",'noticed_at',OLD."noticed_at",'reported_at',OLD."reported_at",'circumstances',OLD."circumstances",'cost',OLD."cost",'decided_by',OLD."decided_by",'decided_at',OLD."decided_at",'conclusion',OLD."conclusion",'key_id',OLD."key_id",'last_holder_id',OLD."last_holder_id"),NULL); END;
CREATE TRIGGER "journal_keys_missing_key_insert" AFTER INSERT ON "keys_missing_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_missing_key',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'state',NEW."state",'noticed_at',NEW."noticed_at",'key_id',NEW."key_id",'line_id',NEW."line_id")); END;
CREATE TRIGGER "journal_keys_missing_key_update" AFTER UPDATE ON "keys_missing_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_missing_key',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'state',OLD."state",'noticed_at',OLD."noticed_at",'key_id',OLD."key_id",'line_id',OLD."line_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'state',NEW."state",'noticed_at',NEW."noticed_at",'key_id',NEW."key_id",'line_id',NEW."line_id")); END;
CREATE TRIGGER "journal_keys_missing_key_delete" AFTER DELETE ON "keys_missing_key" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_missing_key',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'state',OLD."state",'noticed_at',OLD."noticed_at",'key_id',OLD."key_id",'line_id',OLD."line_id"),NULL); END;
CREATE TRIGGER "journal_keys_not_supplied_insert" AFTER INSERT ON "keys_not_supplied" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_not_supplied',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'door_kind',NEW."door_kind",'on',NEW."on",'by',NEW."by",'reason',NEW."reason",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_not_supplied_update" AFTER UPDATE ON "keys_not_supplied" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_not_supplied',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'door_kind',OLD."door_kind",'on',OLD."on",'by',OLD."by",'reason',OLD."reason",'space_id',OLD."space_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'door_kind',NEW."door_kind",'on',NEW."on",'by',NEW."by",'reason',NEW."reason",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_not_supplied_delete" AFTER DELETE ON "keys_not_supplied" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_not_supplied',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'door_kind',OLD."door_kind",'on',OLD."on",'by',OLD."by",'reason',OLD."reason",'space_id',OLD."space_id"),NULL); END;
CREATE TRIGGER "journal_keys_owner_issue_insert" AFTER INSERT ON "keys_owner_issue" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_issue',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'issue_no',NEW."issue_no",'state',NEW."state",'owner_name',NEW."owner_name",'prepared_by',NEW."prepared_by",'prepared_at',NEW."prepared_at",'id_card',NEW."id_card",'move_in_notice',NEW."move_in_notice",'power_of_attorney',NEW."power_of_attorney",'verified_at',NEW."verified_at",'issued_by',NEW."issued_by",'signed_at',NEW."signed_at",'signature_ref',NEW."signature_ref",'archive_ref',NEW."archive_ref",'refuse_reason',NEW."refuse_reason",'identity_checked_by_id',NEW."identity_checked_by_id",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_owner_issue_update" AFTER UPDATE ON "keys_owner_issue" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_issue',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'issue_no',OLD."issue_no",'state',OLD."state",'owner_name',OLD."owner_name",'prepared_by',OLD."prepared_by",'prepared_at',OLD."prepared_at",'id_card',OLD."id_card",'move_in_notice',OLD."move_in_notice",'power_of_attorney',OLD."power_of_attorney",'verified_at',OLD."verified_at",'issued_by',OLD."issued_by",'signed_at',OLD."signed_at",'signature_ref',OLD."signature_ref",'archive_ref',OLD."archive_ref",'refuse_reason',OLD."refuse_reason",'identity_checked_by_id',OLD."identity_checked_by_id",'space_id',OLD."space_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'issue_no',NEW."issue_no",'state',NEW."state",'owner_name',NEW."owner_name",'prepared_by',NEW."prepared_by",'prepared_at',NEW."prepared_at",'id_card',NEW."id_card",'move_in_notice',NEW."move_in_notice",'power_of_attorney',NEW."power_of_attorney",'verified_at',NEW."verified_at",'issued_by',NEW."issued_by",'signed_at',NEW."signed_at",'signature_ref',NEW."signature_ref",'archive_ref',NEW."archive_ref",'refuse_reason',NEW."refuse_reason",'identity_checked_by_id',NEW."identity_checked_by_id",'space_id',NEW."space_id")); END;
CREATE TRIGGER "journal_keys_owner_issue_delete" AFTER DELETE ON "keys_owner_issue" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_issue',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'issue_no',OLD."issue_no",'state',OLD."state",'owner_name',OLD."owner_name",'prepared_by',OLD."prepared_by",'prepared_at',OLD."prepared_at",'id_card',OLD."id_card",'move_in_notice',OLD."move_in_notice",'power_of_attorney',OLD."power_of_attorney",'verified_at',OLD."verified_at",'issued_by',OLD."issued_by",'signed_at',OLD."signed_at",'signature_ref',OLD."signature_ref",'archive_ref',OLD."archive_ref",'refuse_reason',OLD."refuse_reason",'identity_checked_by_id',OLD."identity_checked_by_id",'space_id',OLD."space_id"),NULL); END;
CREATE TRIGGER "journal_keys_owner_return_insert" AFTER INSERT ON "keys_owner_return" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_return',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'return_no',NEW."return_no",'reason',NEW."reason",'at',NEW."at",'received_by',NEW."received_by",'condition',NEW."condition",'remark',NEW."remark",'issue_id',NEW."issue_id")); END;
CREATE TRIGGER "journal_keys_owner_return_update" AFTER UPDATE ON "keys_owner_return" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_return',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'return_no',OLD."return_no",'reason',OLD."reason",'at',OLD."at",'received_by',OLD."received_by",'condition',OLD."condition",'remark',OLD."remark",'issue_id',OLD."issue_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'return_no',NEW."return_no",'reason',NEW."reason",'at',NEW."at",'received_by',NEW."received_by",'condition',NEW."condition",'remark',NEW."remark",'issue_id',NEW."issue_id")); END;
CREATE TRIGGER "journal_keys_owner_return_delete" AFTER DELETE ON "keys_owner_return" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_owner_return',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'return_no',OLD."return_no",'reason',OLD."reason",'at',OLD."at",'received_by',OLD."received_by",'condition',OLD."condition",'remark',OLD."remark",'issue_id',OLD."issue_id"),NULL); END;
CREATE TRIGGER "journal_keys_ring_insert" AFTER INSERT ON "keys_ring" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_ring',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'ring_no',NEW."ring_no",'natural',NEW."natural",'grouping',NEW."grouping",'space_ref',NEW."space_ref",'hook',NEW."hook",'medium',NEW."medium")); END;
CREATE TRIGGER "journal_keys_ring_update" AFTER UPDATE ON "keys_ring" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_ring',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'ring_no',OLD."ring_no",'natural',OLD."natural",'grouping',OLD."grouping",'space_ref',OLD."space_ref",'hook',OLD."hook",'medium',OLD."medium"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'ring_no',NEW."ring_no",'natural',NEW."natural",'grouping',NEW."grouping",'space_ref',NEW."space_ref",'hook',NEW."hook",'medium',NEW."medium")); END;
CREATE TRIGGER "journal_keys_ring_delete" AFTER DELETE ON "keys_ring" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_ring',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'ring_no',OLD."ring_no",'natural',OLD."natural",'grouping',OLD."grouping",'space_ref',OLD."space_ref",'hook',OLD."hook",'medium',OLD."medium"),NULL); END;
CREATE TRIGGER "journal_keys_space_insert" AFTER INSERT ON "keys_space" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_space',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'natural',NEW."natural",'kind',NEW."kind",'unit',NEW."unit",'floor',NEW."floor",'room',NEW."room",'equipment_room_name',NEW."equipment_room_name",'owner_name',NEW."owner_name",'building_id',NEW."building_id")); END;
CREATE TRIGGER "journal_keys_space_update" AFTER UPDATE ON "keys_space" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_space',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'natural',OLD."natural",'kind',OLD."kind",'unit',OLD."unit",'floor',OLD."floor",'room',OLD."room",'equipment_room_name',OLD."equipment_room_name",'owner_name',OLD."owner_name",'building_id',OLD."building_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'code',NEW."code",'name',NEW."name",'natural',NEW."natural",'kind',NEW."kind",'unit',NEW."unit",'floor',NEW."floor",'room',NEW."room",'equipment_room_name',NEW."equipment_room_name",'owner_name',NEW."owner_name",'building_id',NEW."building_id")); END;
CREATE TRIGGER "journal_keys_space_delete" AFTER DELETE ON "keys_space" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_space',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'code',OLD."code",'name',OLD."name",'natural',OLD."natural",'kind',OLD."kind",'unit',OLD."unit",'floor',OLD."floor",'room',OLD."room",'equipment_room_name',OLD."equipment_room_name",'owner_name',OLD."owner_name",'building_id',OLD."building_id"),NULL); END;
CREATE TRIGGER "journal_keys_takeover_insert" AFTER INSERT ON "keys_takeover" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'takeover_no',NEW."takeover_no",'state',NEW."state",'from_party',NEW."from_party",'on',NEW."on",'discrepancy',NEW."discrepancy",'signed_at',NEW."signed_at",'signed',NEW."signed",'signature_ref',NEW."signature_ref",'their_ref',NEW."their_ref",'building_id',NEW."building_id",'received_by_id',NEW."received_by_id")); END;
CREATE TRIGGER "journal_keys_takeover_update" AFTER UPDATE ON "keys_takeover" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'takeover_no',OLD."takeover_no",'state',OLD."state",'from_party',OLD."from_party",'on',OLD."on",'discrepancy',OLD."discrepancy",'signed_at',OLD."signed_at",'signed',OLD."signed",'signature_ref',OLD."signature_ref",'their_ref',OLD."their_ref",'building_id',OLD."building_id",'received_by_id',OLD."received_by_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'takeover_no',NEW."takeover_no",'state',NEW."state",'from_party',NEW."from_party",'on',NEW."on",'discrepancy',NEW."discrepancy",'signed_at',NEW."signed_at",'signed',NEW."signed",'signature_ref',NEW."signature_ref",'their_ref',NEW."their_ref",'building_id',NEW."building_id",'received_by_id',NEW."received_by_id")); END;
CREATE TRIGGER "journal_keys_takeover_delete" AFTER DELETE ON "keys_takeover" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'takeover_no',OLD."takeover_no",'state',OLD."state",'from_party',OLD."from_party",'on',OLD."on",'discrepancy',OLD."discrepancy",'signed_at',OLD."signed_at",'signed',OLD."signed",'signature_ref',OLD."signature_ref",'their_ref',OLD."their_ref",'building_id',OLD."building_id",'received_by_id',OLD."received_by_id"),NULL); END;
CREATE TRIGGER "journal_keys_takeover_line_insert" AFTER INSERT ON "keys_takeover_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover_line',NEW."id",NULL,json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'line_no',NEW."line_no",'natural',NEW."natural",'code',NEW."code",'space_kind',NEW."space_kind",'unit',NEW."unit",'floor',NEW."floor",'room',NEW."room",'equipment_room_name',NEW."equipment_room_name",'door_kind',NEW."door_kind",'declared',NEW."declared",'counted',NEW."counted",'takeover_id',NEW."takeover_id")); END;
CREATE TRIGGER "journal_keys_takeover_line_update" AFTER UPDATE ON "keys_takeover_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover_line',NEW."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'line_no',OLD."line_no",'natural',OLD."natural",'code',OLD."code",'space_kind',OLD."space_kind",'unit',OLD."unit",'floor',OLD."floor",'room',OLD."room",'equipment_room_name',OLD."equipment_room_name",'door_kind',OLD."door_kind",'declared',OLD."declared",'counted',OLD."counted",'takeover_id',OLD."takeover_id"),json_object('id',NEW."id",'version',NEW."version",'search',NEW."search",'line_no',NEW."line_no",'natural',NEW."natural",'code',NEW."code",'space_kind',NEW."space_kind",'unit',NEW."unit",'floor',NEW."floor",'room',NEW."room",'equipment_room_name',NEW."equipment_room_name",'door_kind',NEW."door_kind",'declared',NEW."declared",'counted',NEW."counted",'takeover_id',NEW."takeover_id")); END;
CREATE TRIGGER "journal_keys_takeover_line_delete" AFTER DELETE ON "keys_takeover_line" BEGIN INSERT INTO "house_change"("tab","record","before","after") VALUES('keys_takeover_line',OLD."id",json_object('id',OLD."id",'version',OLD."version",'search',OLD."search",'line_no',OLD."line_no",'natural',OLD."natural",'code',OLD."code",'space_kind',OLD."space_kind",'unit',OLD."unit",'floor',OLD."floor",'room',OLD."room",'equipment_room_name',OLD."equipment_room_name",'door_kind',OLD."door_kind",'declared',OLD."declared",'counted',OLD."counted",'takeover_id',OLD."takeover_id"),NULL); END;
CREATE TRIGGER "guard_house_entry_update" BEFORE UPDATE ON "house_entry" BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
CREATE TRIGGER "guard_house_entry_delete" BEFORE DELETE ON "house_entry" BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
CREATE TRIGGER "guard_house_ref_update" BEFORE UPDATE ON "house_ref" BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
CREATE TRIGGER "guard_house_ref_delete" BEFORE DELETE ON "house_ref" BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
CREATE TRIGGER "guard_house_body_delete" BEFORE DELETE ON "house_body" BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
CREATE TRIGGER "guard_house_body_update" BEFORE UPDATE ON "house_body" WHEN NEW.body IS NOT NULL OR NEW.seq <> OLD.seq BEGIN SELECT RAISE(ABORT,'the journal is append-only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tortoise_migrations',11);
INSERT INTO "sqlite_sequence" VALUES('keys_custody_event',5);
INSERT INTO "sqlite_sequence" VALUES('review_disposition',5);
INSERT INTO "sqlite_sequence" VALUES('house_change',29);
INSERT INTO "sqlite_sequence" VALUES('people_staff',3);
INSERT INTO "sqlite_sequence" VALUES('people_role',1);
INSERT INTO "sqlite_sequence" VALUES('house_ref',27);
INSERT INTO "sqlite_sequence" VALUES('keys_building',1);
INSERT INTO "sqlite_sequence" VALUES('keys_space',2);
INSERT INTO "sqlite_sequence" VALUES('keys_key',2);
INSERT INTO "sqlite_sequence" VALUES('keys_loan',1);
INSERT INTO "sqlite_sequence" VALUES('keys_loan_line',1);
INSERT INTO "sqlite_sequence" VALUES('site_figure',1);
INSERT INTO "sqlite_sequence" VALUES('people_pin',1);
INSERT INTO "sqlite_sequence" VALUES('review_signoff',1);
COMMIT;
