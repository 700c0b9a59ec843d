using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>A database that is truncated, damaged or emptied is never taken for a good one, and what is said about it is one line.</summary>
public sealed class LosingTheDatabase
{
    [OwnHostTheory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public async Task A_truncated_database_is_one_line_and_exit_code_1(double left)
    {
        await using var host = await FilledAsync();
        var database = DatabaseOf(host);
        Truncate(database, (long)(new FileInfo(database).Length * left));

        await EndsWithAsync(host, database, "--check");

        var (code, said) = await host.RunBesideAsync("--check");
        Assert.Equal(1, code);
        Assert.Contains("damaged", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [OwnHostTheory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(4096)]
    public async Task A_database_cut_off_in_its_first_page_is_refused_in_one_line(long left)
    {
        await using var host = await FilledAsync();
        var database = DatabaseOf(host);
        Truncate(database, left);

        await EndsWithAsync(host, database);
        Assert.Equal(left, new FileInfo(database).Length);
    }

    [OwnHostFact]
    public async Task A_missing_database_beside_its_settings_is_refused_and_can_be_begun_anew()
    {
        await using var host = await FilledAsync();
        File.Delete(DatabaseOf(host));

        await EndsWithAsync(host, "missing", "--restore", "--new-database");
        Assert.False(File.Exists(DatabaseOf(host)));

        await host.StartAsync(host.ApiKey, "--new-database");
        using var api = new ApiClient(host.Address, host.ApiKey);
        Assert.Empty(await api.ListAsync("/api/runs"));
        await host.StopAsync();
        await host.StartAsync(host.ApiKey);
    }

    [OwnHostFact]
    public async Task A_database_without_tables_is_refused_like_a_missing_one()
    {
        await using var host = await FilledAsync();
        var database = DatabaseOf(host);
        File.Delete(database);
        Run(database, "PRAGMA user_version = 0; CREATE TABLE something (a INTEGER)");

        await EndsWithAsync(host, "empty", "--restore", "--new-database");
    }

    [OwnHostTheory]
    [InlineData("DROP TABLE responses", "table responses")]
    [InlineData("DROP TABLE documents", "table documents")]
    [InlineData("DROP INDEX responses_by_submission", "index responses_by_submission")]
    public async Task A_database_that_lacks_a_table_or_index_is_refused_in_one_line_and_not_backed_up_over(string drop, string missing)
    {
        await using var host = await FilledAsync();
        var target = host.Beside("backup");
        Assert.Equal(0, (await host.RunBesideAsync("--backup", target)).Code);
        Run(DatabaseOf(host), drop);
        Run(Path.Combine(target, "humantasks.db"), drop);

        await EndsWithAsync(host, missing, "--check");
        var (code, said) = await host.RunBesideAsync("--check");
        Assert.Equal(1, code);
        Assert.Contains(missing, said, StringComparison.Ordinal);
        await using var restored = new HostProcess(new HostSettings());
        await EndsWithAsync(restored, ["--restore", target], missing);
    }

    [OwnHostTheory]
    [InlineData("humantasks.db")]
    [InlineData("settings.json")]
    [InlineData("keys/planted.xml")]
    public async Task A_restore_does_not_wait_for_what_is_written_into_a_pipe(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // where a folder holds no pipes
        }

        await using var host = await FilledAsync();
        var target = host.Beside("backup");
        Assert.Equal(0, (await host.RunBesideAsync("--backup", target)).Code);
        var pipe = Path.Combine(target, file);
        File.Delete(pipe);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        await using var restored = new HostProcess(new HostSettings());
        Assert.Equal(file.StartsWith("keys", StringComparison.Ordinal) ? 0 : 1, await restored.FailToStartAsync("--restore", target));
        Assert.DoesNotContain("   at ", restored.Output.Text, StringComparison.Ordinal);
    }

    [OwnHostTheory]
    [InlineData("humantasks.db", "")]
    [InlineData("humantasks.db", "no database at all, but long enough to be taken for one")]
    [InlineData("settings.json", "{ \"HumanTasks\": ")]
    [InlineData("settings.json", null)]
    public async Task A_backup_that_is_not_whole_is_not_restored(string file, string? content)
    {
        await using var host = await FilledAsync();
        var target = host.Beside("backup");
        Assert.Equal(0, (await host.RunBesideAsync("--backup", target)).Code);
        File.Delete(Path.Combine(target, file));
        if (content is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(target, file), content);
        }

        await using var restored = new HostProcess(new HostSettings());
        await EndsWithAsync(restored, ["--restore", target], target);
        Assert.False(File.Exists(DatabaseOf(restored)));
    }

    [OwnHostFact]
    public async Task Damaged_pages_that_a_running_host_meets_make_it_not_ready_with_the_reason()
    {
        await using var host = await FilledAsync();
        using (var file = File.OpenWrite(DatabaseOf(host)))
        {
            var pages = file.Length / 4096;
            file.Position = pages * 3 / 4 * 4096; // what was stored last, behind the tables that a start reads
            file.Write(new byte[pages / 4 * 4096]);
        }

        await host.StartUnreadyAsync();
        using var api = new ApiClient(host.Address, host.ApiKey);
        foreach (var path in (string[])["/api/runs?limit=200", "/api/tasks?limit=200", "/api/rule-sets", "/api/runs?status=paused&limit=200"])
        {
            await api.GetAsync(path);
        }

        var ready = await api.GetAsync("/health/ready");

        Assert.Equal((503, "unavailable"), (ready.Status, ready.Text("/status")));
        Assert.Contains("damaged", ready.Text("/reason"), StringComparison.Ordinal);
        Assert.Contains("--check", ready.Text("/reason"), StringComparison.Ordinal);
        (await api.GetAsync("/health/live")).Is(200);
    }

    [OwnHostFact]
    public async Task A_restore_follows_no_link_and_leaves_nothing_behind()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // where links need rights of their own
        }

        await using var host = await FilledAsync();
        var target = host.Beside("backup");
        Assert.Equal(0, (await host.RunBesideAsync("--backup", target)).Code);
        var secret = host.Beside("secret");
        Directory.CreateDirectory(Path.GetDirectoryName(secret)!);
        await File.WriteAllTextAsync(secret, "the shadow file");

        foreach (var (link, to) in new[] { ("files/stolen", secret), ("keys/stolen", secret), ("folder", Path.GetDirectoryName(secret)!), ("stolen.json", secret) })
        {
            var planted = Path.Combine(target, link);
            Directory.CreateDirectory(Path.GetDirectoryName(planted)!);
            File.CreateSymbolicLink(planted, to);
            await using var restored = new HostProcess(new HostSettings());

            await EndsWithAsync(restored, ["--restore", target], planted);

            Assert.False(Directory.Exists(restored.DataFolder) && Directory.EnumerateFileSystemEntries(restored.DataFolder).Any(), "Something was left behind.");
            File.Delete(planted);
        }
    }

    [OwnHostFact]
    public async Task A_backup_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // where rights are others
        }

        await using var host = await FilledAsync();
        var target = host.Beside("backup");

        Assert.Equal(0, (await host.RunBesideAsync("--backup", target)).Code);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(target));
        foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            Assert.Equal(
                entry is DirectoryInfo
                    ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    : UnixFileMode.UserRead | UnixFileMode.UserWrite,
                entry.UnixFileMode);
        }
    }

    private static string DatabaseOf(HostProcess host) => Path.Combine(host.DataFolder, "humantasks.db");

    /// <summary>A host that stored a good deal and was stopped.</summary>
    private static async Task<HostProcess> FilledAsync()
    {
        var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);
        var continuation = await api.SaveContinuationAsync();
        for (var i = 0; i < 60; i++)
        {
            await api.InterveneAsync(continuation: continuation);
        }

        await host.StopAsync();
        return host;
    }

    private static void Run(string database, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Truncate(string database, long length)
    {
        using var file = File.OpenWrite(database);
        file.SetLength(length);
    }

    private static Task EndsWithAsync(HostProcess host, params string[] named) => EndsWithAsync(host, [], named);

    private static async Task EndsWithAsync(HostProcess host, string[] arguments, params string[] named)
    {
        Assert.Equal(1, await host.FailToStartAsync(arguments));
        Assert.All(named, words => Assert.Contains(words, host.Output.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", host.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", host.Output.Text, StringComparison.Ordinal);
        Assert.InRange(host.Output.Text.Trim().Split('\n').Length, 1, 2);
    }
}
