namespace HumanTasks.Standalone.Storage;

internal static partial class Schema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE runs (
            key INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment TEXT NOT NULL,
            rule_set TEXT NOT NULL,
            correlation_id TEXT NOT NULL,
            continued_from BLOB,
            wake_at INTEGER,
            available_until INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX runs_by_id ON runs (id);
        CREATE INDEX runs_by_status ON runs (environment, status);
        CREATE INDEX runs_by_rule_set ON runs (environment, rule_set);
        CREATE INDEX runs_by_correlation ON runs (correlation_id);
        CREATE INDEX runs_by_origin ON runs (continued_from) WHERE continued_from IS NOT NULL;
        CREATE INDEX runs_by_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX runs_by_end ON runs (available_until);

        CREATE TABLE tasks (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            action TEXT NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment TEXT NOT NULL,
            title TEXT NOT NULL,
            assignee TEXT,
            correlation_id TEXT NOT NULL,
            due_at INTEGER,
            expires_at INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX tasks_by_action ON tasks (run, action);
        CREATE INDEX tasks_by_status ON tasks (environment, status);
        CREATE INDEX tasks_by_assignee ON tasks (environment, assignee, status) WHERE assignee IS NOT NULL;
        CREATE INDEX tasks_by_expiry ON tasks (environment, expires_at) WHERE status = 0;
        CREATE INDEX tasks_by_due ON tasks (environment, due_at) WHERE status = 0 AND due_at IS NOT NULL;

        CREATE TABLE responses (
            key INTEGER PRIMARY KEY,
            task INTEGER NOT NULL,
            run INTEGER NOT NULL,
            id BLOB NOT NULL,
            consumed INTEGER NOT NULL,
            submission_key TEXT,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX responses_by_submission ON responses (task, submission_key);
        CREATE INDEX responses_unconsumed ON responses (run) WHERE consumed = 0;

        CREATE TABLE log (
            run INTEGER NOT NULL,
            version INTEGER NOT NULL,
            lines BLOB NOT NULL,
            PRIMARY KEY (run, version)
        ) WITHOUT ROWID;

        CREATE TABLE allowance (
            environment TEXT NOT NULL,
            month INTEGER NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (environment, month)
        ) WITHOUT ROWID;

        CREATE TABLE rule_sets (
            environment TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            definition BLOB NOT NULL
        );
        CREATE UNIQUE INDEX rule_sets_by_name ON rule_sets (environment, name, version);

        CREATE TABLE reservations (
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            id TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            sealed_answer BLOB
        );
        CREATE UNIQUE INDEX reservations_by_key ON reservations (environment, idempotency_key);
        CREATE INDEX reservations_by_time ON reservations (made_at);
        """,

        // the tree that a run belongs to, the author of a rule set, and a row to test whether anything can be written
        """
        ALTER TABLE runs ADD COLUMN root BLOB;
        CREATE INDEX runs_by_root ON runs (root) WHERE root IS NOT NULL;
        ALTER TABLE rule_sets ADD COLUMN saved_by TEXT;
        CREATE TABLE probe (key INTEGER PRIMARY KEY, at INTEGER NOT NULL);
        """,

        // smaller rows: names and forms stored once, nothing in a body that a column holds; older bodies stay as they
        // are and can still be read. Lists of tasks use an index in every order and status.
        """
        CREATE TABLE names (key INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE UNIQUE INDEX names_by_name ON names (name);
        INSERT INTO names (name) SELECT environment FROM runs UNION SELECT rule_set FROM runs;

        CREATE TABLE forms (key INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL);
        CREATE UNIQUE INDEX forms_by_hash ON forms (hash);

        CREATE TABLE new_runs (
            key INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment INTEGER NOT NULL,
            rule_set INTEGER NOT NULL,
            correlation_id TEXT,
            continued_from BLOB,
            root BLOB,
            wake_at INTEGER,
            available_until INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        INSERT INTO new_runs
        SELECT
            key, id, version, status,
            (SELECT names.key FROM names WHERE name = environment),
            (SELECT names.key FROM names WHERE name = rule_set),
            correlation_id, continued_from, root, wake_at, available_until, body
        FROM runs;
        DROP TABLE runs;
        ALTER TABLE new_runs RENAME TO runs;
        CREATE UNIQUE INDEX runs_by_id ON runs (id);
        CREATE INDEX runs_by_status ON runs (environment, status);
        CREATE INDEX runs_by_rule_set ON runs (environment, rule_set, status);
        CREATE INDEX runs_by_correlation ON runs (correlation_id) WHERE correlation_id IS NOT NULL;
        CREATE INDEX runs_by_origin ON runs (continued_from) WHERE continued_from IS NOT NULL;
        CREATE INDEX runs_by_root ON runs (root) WHERE root IS NOT NULL;
        CREATE INDEX runs_by_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX runs_by_end ON runs (available_until);

        CREATE TABLE new_tasks (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            action TEXT NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment INTEGER NOT NULL,
            title TEXT NOT NULL,
            assignee TEXT,
            due_at INTEGER,
            expires_at INTEGER NOT NULL,
            form INTEGER,
            body BLOB NOT NULL
        );
        INSERT INTO new_tasks
        SELECT
            key, run, action, version, status,
            (SELECT names.key FROM names WHERE name = environment),
            title, assignee, due_at, expires_at, NULL, body
        FROM tasks;
        DROP TABLE tasks;
        ALTER TABLE new_tasks RENAME TO tasks;
        CREATE UNIQUE INDEX tasks_by_action ON tasks (run, action);
        CREATE INDEX tasks_by_form ON tasks (form) WHERE form IS NOT NULL;
        CREATE INDEX tasks_by_status ON tasks (environment, status);
        CREATE INDEX tasks_by_expiry ON tasks (environment, status, expires_at);
        CREATE INDEX tasks_by_due ON tasks (environment, status, due_at);
        CREATE INDEX tasks_by_assignee ON tasks (environment, assignee, status) WHERE assignee IS NOT NULL;
        CREATE INDEX tasks_by_assignee_and_expiry ON tasks (environment, assignee, status, expires_at)
            WHERE assignee IS NOT NULL;
        CREATE INDEX tasks_by_assignee_and_due ON tasks (environment, assignee, status, due_at)
            WHERE assignee IS NOT NULL;
        """,

        // the words by which tasks are found, indexed up to a key in quiet moments; later changes before that key are
        // kept in step
        """
        CREATE VIRTUAL TABLE task_words USING fts5(
            words, content='', contentless_delete=1, detail='none', tokenize='trigram case_sensitive 1');
        CREATE TABLE indexed_tasks (upto INTEGER NOT NULL);
        INSERT INTO indexed_tasks VALUES (0);
        CREATE TRIGGER tasks_made_again AFTER INSERT ON tasks WHEN new.key <= (SELECT upto FROM indexed_tasks)
        BEGIN
            INSERT INTO task_words (rowid, words)
            SELECT new.key, words_of(new.title, new.assignee, coalesce(correlation_id, id_text(id)))
            FROM runs WHERE key = new.run;
        END;
        CREATE TRIGGER tasks_renamed AFTER UPDATE OF title, assignee ON tasks
        WHEN (new.title IS NOT old.title OR new.assignee IS NOT old.assignee) AND new.key <= (SELECT upto FROM indexed_tasks)
        BEGIN
            DELETE FROM task_words WHERE rowid = new.key;
            INSERT INTO task_words (rowid, words)
            SELECT new.key, words_of(new.title, new.assignee, coalesce(correlation_id, id_text(id)))
            FROM runs WHERE key = new.run;
        END;
        CREATE TRIGGER tasks_gone AFTER DELETE ON tasks WHEN old.key <= (SELECT upto FROM indexed_tasks)
        BEGIN
            DELETE FROM task_words WHERE rowid = old.key;
        END;
        """,

        // codes, sessions, drafts, comments, and the history of links
        """
        CREATE TABLE documents (
            key INTEGER PRIMARY KEY,
            owner TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            expires_at INTEGER,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX documents_by_owner ON documents (owner, id);
        CREATE INDEX documents_by_expiry ON documents (expires_at) WHERE expires_at IS NOT NULL;
        """,

        // the assignees of a task with several, so that a list of one assignee's tasks uses an index as well
        """
        CREATE TABLE teams (
            address TEXT NOT NULL,
            assignees TEXT NOT NULL,
            PRIMARY KEY (address, assignees)
        ) WITHOUT ROWID;
        """,

        // the words by which runs are found: older runs by their rule set
        """
        ALTER TABLE runs ADD COLUMN words TEXT;
        UPDATE runs SET words = run_words((SELECT name FROM names WHERE names.key = runs.rule_set));
        CREATE INDEX runs_by_words ON runs (environment, words) WHERE words IS NOT NULL;
        """,
    ];
}
