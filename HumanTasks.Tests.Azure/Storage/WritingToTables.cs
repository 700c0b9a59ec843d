using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>What each write asks of a real table service: how many requests, and what its transaction holds.</summary>
[NeedsAzurite]
public sealed class WritingToTables : IAsyncLifetime
{
    private TableStores stores = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => stores = await TableStores.OpenAsync();

    public async Task DisposeAsync() => await stores.DisposeAsync();

    [Fact]
    public async Task A_run_is_created_in_one_transaction_with_all_that_is_its_own()
    {
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None);

        var transaction = Transactions("Runs").Single();
        Assert.Equal(["run", "task.ask", "log.0000000001", "run.todo"], Rows(transaction, "POST"));
        AssertRequests(
            ("announce", 1), ("transaction", 1), ("index", 3), ("delete todo", 1));
    }

    [Fact]
    public async Task A_metered_creation_reads_and_counts_beside()
    {
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), new(202603, 10), None);

        AssertRequests(
            ("announce", 1), ("transaction", 1), ("index", 3), ("delete todo", 1), ("allowance", 2));
    }

    [Fact]
    public async Task A_response_is_accepted_in_one_transaction_with_its_task()
    {
        var task = await PausedAsync();
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None);

        var transaction = Transactions("Runs").Single();
        Assert.Equal(["task.ask"], Rows(transaction, "PUT"));
        Assert.Contains("If-Match: W/", transaction, StringComparison.Ordinal);
        Assert.Equal(["response", "submission.ask.click", "run.todo"], Rows(transaction, "POST"));
        AssertRequests(("announce", 1), ("transaction", 1), ("index", 1), ("delete todo", 1));
    }

    [Fact]
    public async Task A_response_that_leaves_its_task_open_needs_nothing_after_its_transaction()
    {
        var task = await PausedAsync(maxUses: 2);
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);

        AssertRequests(("announce", 1), ("transaction", 1));
    }

    [Fact]
    public async Task A_turn_is_one_transaction()
    {
        var task = await PausedAsync();
        var response = Sample.Response(task);
        var used = Sample.Used(task);
        await stores.Runs.AcceptAsync(used, response, None);
        var run = (await stores.Runs.FindRunAsync(task.RunId, None))!;
        stores.Requests.Clear();

        var turn = Sample.Turn(run, new RunState.Completed(null)) with { Consumed = [response.Id] };
        Assert.Equal(CommitResult.Committed, await stores.Runs.CommitAsync(turn, None));

        var transaction = Transactions("Runs").Single();
        Assert.Equal(["run"], Rows(transaction, "PUT"));
        Assert.Equal(["response"], Rows(transaction, "PATCH"));
        AssertRequests(("announce", 1), ("transaction", 1), ("index", 2), ("delete todo", 1));
    }

    [Fact]
    public async Task Large_records_are_split_and_larger_ones_move_out_and_all_come_back()
    {
        foreach (var length in new[] { 59_000, 61_000, 200_000, 900_000 })
        {
            var run = Sample.Run() with { Context = new JsonObject { ["text"] = new string('ä', length / 6) } }; // as \u00E4
            var first = Sample.First(run, Showing(run, Sample.Task(run)));
            await stores.Runs.CreateAsync(first, null, None);

            Assert.Equal(Sample.Json(first.Run), Sample.Json(await stores.Runs.FindRunAsync(run.Id, None)));
            Assert.Equal(Sample.Json(first.Tasks[0]), Sample.Json(await stores.Runs.FindTaskAsync(first.Tasks[0].Id, None)));
            Assert.Equal(length > 240_000, stores.Values.Names.Count > 0);
        }

        await stores.Runs.PurgeAsync(Sample.Start.AddDays(60), 10, None);
        Assert.Empty(stores.Values.Names);
    }

    [Fact]
    public async Task Many_large_records_in_one_turn_leave_room_in_the_transaction()
    {
        var run = Sample.Run() with { Context = new JsonObject { ["text"] = new string('x', 230_000) } };
        var tasks = Enumerable.Range(0, 15).Select(i => Showing(run, Sample.Task(run, $"ask{i}"))).ToArray();

        Assert.Equal(CreateResult.Created, await stores.Runs.CreateAsync(Sample.First(run, tasks), null, None));

        Assert.All(Transactions("Runs"), transaction => Assert.InRange(transaction.Length, 1, 4 << 20));
        var read = await stores.Runs.TasksOfRunAsync(run.Id, None);
        Assert.Equal(15, read.Count(task => task.Question.Context.ToJsonString().Length > 230_000));
    }

    [Fact]
    public async Task More_responses_than_a_transaction_takes_are_consumed_by_one_turn()
    {
        const int Count = 130;
        var task = await PausedAsync(maxUses: 1000);
        var responses = new List<HumanResponse>();
        for (var i = 0; i < Count; i++)
        {
            var response = Sample.Response(task);
            task = Sample.Used(task);
            Assert.Equal(CommitResult.Committed, await stores.Runs.AcceptAsync(task, response, None));
            responses.Add(response);
        }

        var run = (await stores.Runs.FindRunAsync(task.RunId, None))!;
        var turn = Sample.Turn(run, run.State) with
        {
            Consumed = [.. responses.Select(response => response.Id)],
            Starts = [.. responses.Select(response => new RunStart(Sample.Continuation(run, response.Id), null, ""))],
        };
        Assert.Equal(
            responses.Select(response => response.Id),
            (await stores.Runs.UnconsumedResponsesAsync(run.Id, None)).Select(response => response.Id));

        Assert.Equal(CommitResult.Committed, await stores.Runs.CommitAsync(turn, None));

        Assert.Empty(await stores.Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Equal(turn.Starts.Select(start => start.Run.Id), await stores.Runs.ContinuationsOfAsync(run.Id, None));
        Assert.Equal(Count + 1, await CountRunsAsync());
    }

    [Theory]
    [InlineData("a/b\\c#d?e")]
    [InlineData("tab\tand\u0001control\u007f")]
    [InlineData("%2F and 'quotes'")]
    [InlineData("")]
    [InlineData("Ä")]
    public async Task Keys_may_be_made_of_any_text(string text)
    {
        var longer = text + new string('x', 2000);
        var run = Sample.Run() with { CorrelationId = text, Environment = longer, RuleSet = text };
        var task = Sample.Task(run, longer).For(text);
        await stores.Runs.CreateAsync(Sample.First(run, task), new(202603, 1), None);

        Assert.Single((await stores.Runs.ListRunsAsync(new RunQuery(longer, 10, CorrelationId: text), None)).Items);
        Assert.Single((await stores.Runs.ListRunsAsync(new RunQuery(longer, 10, RuleSet: text), None)).Items);
        Assert.Single((await stores.Runs.ListTasksAsync(new TaskQuery(longer, 10, Assignee: text), None)).Items);
        Assert.Equal(task.Id, (await stores.Runs.FindTaskAsync(task.Id, None))!.Id);
        Assert.Equal(CommitResult.Committed, await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, text), None));
        Assert.NotNull(await stores.Runs.FindSubmissionAsync(task.Id, text, None));
        var reserved = await stores.All.Idempotency.ReserveAsync(
            longer, text, new("1", "h", Sample.Start), TimeSpan.FromDays(1), None);
        Assert.Equal("1", reserved.Id);
    }

    [Fact]
    public async Task A_text_beyond_what_the_index_holds_is_still_found()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Titled(new string('x', 5000) + "needle");
        await stores.Runs.CreateAsync(Sample.First(run, task), null, None);

        Assert.Single((await stores.Runs.ListTasksAsync(new TaskQuery("acme", 10, Text: "NEEDLE"), None)).Items);
        Assert.Empty((await stores.Runs.ListTasksAsync(new TaskQuery("acme", 10, Text: "needles"), None)).Items);
    }

    [Fact]
    public async Task Correlation_ids_that_begin_alike_are_different_lists()
    {
        foreach (var correlation in new[] { "a", "a-1", "a.1", "a_1", "A" })
        {
            await stores.Runs.CreateAsync(Sample.First(Sample.Run() with { CorrelationId = correlation }), null, None);
        }

        foreach (var correlation in new[] { "a", "a-1", "a.1", "a_1", "A" })
        {
            var page = await stores.Runs.ListRunsAsync(new RunQuery("acme", 10, CorrelationId: correlation), None);
            Assert.Equal([correlation], page.Items.Select(run => run.CorrelationId));
        }
    }

    [Fact]
    public async Task Data_protection_keys_are_shared()
    {
        var keys = new TableXmlRepository(stores.Tables);
        Assert.Empty(keys.GetAllElements());

        keys.StoreElement(new("key", new System.Xml.Linq.XAttribute("id", 1)), "key-1");
        keys.StoreElement(new("revocation", "ä < b"), "revocation/1");

        Assert.Equal(
            ["<key id=\"1\" />", "<revocation>ä &lt; b</revocation>"],
            new TableXmlRepository(stores.Tables).GetAllElements().Select(element => element.ToString()).Order());
        await Task.CompletedTask;
    }

    private async Task<HumanTask> PausedAsync(int maxUses = 1)
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(maxUses);
        await stores.Runs.CreateAsync(Sample.First(run, task), null, None);
        stores.Requests.Clear();
        return task;
    }

    private async Task<int> CountRunsAsync()
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = await stores.Runs.ListRunsAsync(new RunQuery("acme", 100, cursor), None);
            count += page.Items.Count;
            cursor = page.Next;
        }
        while (cursor is not null);
        return count;
    }

    private List<string> Transactions(string table) =>
    [
        .. stores.Requests.Sent.Where(
            request => KindOf(request) == "transaction" && request.Contains(table, StringComparison.Ordinal)),
    ];

    /// <summary>The rows that a transaction touches with a verb, without what differs from run to run.</summary>
    private static List<string> Rows(string transaction, string verb)
    {
        var rows = new List<string>();
        var parts = transaction.Split("--changeset");
        foreach (var part in parts.Where(part => part.Contains($"\r\n{verb} ", StringComparison.Ordinal)))
        {
            var row = verb == "POST"
                ? part.Split("\"RowKey\":\"")[1].Split('"')[0]
                : part.Split("RowKey='")[1].Split('\'')[0];
            rows.Add(row.StartsWith("response", StringComparison.Ordinal) ? "response"
                : row.StartsWith("run.todo", StringComparison.Ordinal) ? "run.todo"
                : row);
        }

        return rows;
    }

    private void AssertRequests(params (string Kind, int Count)[] expected) => Assert.Equal(
        expected.Order(), stores.Requests.Sent.GroupBy(KindOf).Select(group => (group.Key, group.Count())).Order());

    private string KindOf(string request)
    {
        var name = stores.Tables.Runs.Name[..^"Runs".Length];
        var verb = request.Split(' ')[0];
        return request switch
        {
            _ when request.Contains($"{name}Allowances", StringComparison.Ordinal) => "allowance",
            _ when request.Contains("$batch", StringComparison.Ordinal) =>
                request.Contains($"{name}Index", StringComparison.Ordinal) ? "index" : "transaction",
            _ when request.Contains($"{name}Index", StringComparison.Ordinal) =>
                verb == "DELETE" ? "withdraw" : verb == "PUT" ? "announce" : "list",
            _ => verb == "DELETE" ? "delete todo" : verb == "GET" ? "read" : verb,
        };
    }

    private static HumanTask Showing(Run run, HumanTask task) =>
        task.Asks(question => question with { Context = run.Context.DeepClone().AsObject() });
}
