CREATE TABLE done (
    input TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    settings TEXT NOT NULL, output TEXT NOT NULL, finished REAL NOT NULL,
    PRIMARY KEY (input, settings, output)
);
INSERT INTO done VALUES ('{folder}/a.png', 3, 1700000000000000000, '{settings}', '{folder}/out.png', 1700000001.5);
PRAGMA user_version = 1;
