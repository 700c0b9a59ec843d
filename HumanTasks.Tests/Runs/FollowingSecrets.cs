using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using HumanTasks.Core.Masking;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>What stands at a secret path is hidden from people who watch, in every run that it comes to and under every name.</summary>
public sealed class FollowingSecrets : IDisposable
{
    private const string Iban = "DE89370400440532013000";
    private const string Secret = """{ "customer": { "name": "Ada", "iban": "DE89370400440532013000" } }""";

    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_copy_under_another_key_and_inside_a_text_is_hidden()
    {
        var run = await RunAsync("""
            [{ "type": "set", "name": "copy", "values": { "copy": "{{customer.iban}}", "text": "Pay to {{customer.iban}} now", "whole": "{{customer}}" } },
             { "type": "end", "name": "end", "output": { "account": "{{copy}}", "note": "{{text}}" } }]
            """, """["customer.iban"]""", Secret);

        var shown = await ShownAsync(run);
        Assert.DoesNotContain(Iban, shown, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"Pay to •••••• now\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Ada\"", shown, StringComparison.Ordinal);
        Assert.Equal(Iban, (string?)run.Context["copy"]); // the run itself works with it
    }

    [Fact]
    public async Task A_value_in_a_format_or_in_an_address_is_hidden_too()
    {
        var run = await RunAsync("""
            [{ "type": "set", "name": "copy", "values": { "money": "Pay {{salary | currency:EUR}} now", "alone": "{{salary | number}}", "short": "{{rate | percent}} of it",
               "day": "On {{birthday | date}}", "link": "https://x.example/?of={{who}}" } }]
            """, """["salary", "rate", "birthday", "who"]""", """{ "salary": 123456.785, "rate": 0.5, "birthday": "1980-12-01", "who": "Ada & Söhne" }""");

        var shown = JsonNode.Parse(await ShownAsync(run))!;
        Assert.Equal(
            ("Pay ••••••\u00a0EUR now", Secrets.Hidden, Secrets.Hidden, "On ••••••", "https://x.example/?of=••••••"),
            ((string?)shown["money"], (string?)shown["alone"], (string?)shown["short"], (string?)shown["day"], (string?)shown["link"]));
    }

    [Fact]
    public async Task A_value_that_was_replaced_at_its_path_stays_hidden_where_it_went()
    {
        var run = await RunAsync("""
            [{ "type": "set", "name": "copy", "values": { "old": "{{customer.iban}}" } },
             { "type": "set", "name": "replace", "values": { "customer.iban": "none" } },
             { "type": "set", "name": "again", "values": { "older": "{{old}}" } }]
            """, """["customer.iban"]""", Secret);

        Assert.DoesNotContain(Iban, await ShownAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_member_of_every_item_of_a_list_is_hidden()
    {
        var run = await RunAsync("""[{ "type": "set", "name": "copy", "values": { "second": "{{items.1}}", "all": "{{items}}" } }]""", """["items.iban", "groups.members.pin"]""", """
            { "items": [{ "iban": "AT611904300234573201", "n": 1 }, { "iban": "12", "n": 2 }], "groups": [{ "members": [{ "pin": 7 }, { "pin": 8 }] }] }
            """);

        var shown = JsonNode.Parse(await ShownAsync(run))!;
        Assert.All((JsonNode?[])[shown["items"]![0]!["iban"], shown["items"]![1]!["iban"], shown["second"]!["iban"], shown["all"]![1]!["iban"],
            shown["groups"]![0]!["members"]![0]!["pin"], shown["groups"]![0]!["members"]![1]!["pin"]], value => Assert.Equal(Secrets.Hidden, (string?)value));
        Assert.Equal(2, (int)shown["second"]!["n"]!);
    }

    [Fact]
    public async Task Short_values_are_followed_by_where_they_are_copied_and_not_looked_for_everywhere()
    {
        var run = await RunAsync("""
            [{ "type": "set", "name": "copy", "values": { "copy": "{{grade}}", "text": "Grade: {{grade}}", "nested.deep": { "list": ["{{grade}}", 1] }, "other": 1, "page": "1 of 3" } },
             { "type": "end", "name": "end", "output": { "grade": "{{copy}}", "pages": 1 } }]
            """, """["grade"]""", """{ "grade": 1, "count": 1 }""");

        var shown = JsonNode.Parse(await ShownAsync(run))!;
        Assert.All((JsonNode?[])[shown["grade"], shown["copy"], shown["text"], shown["nested"]!["deep"]!["list"]![0]], value => Assert.Equal(Secrets.Hidden, (string?)value));
        Assert.Equal((1, 1, "1 of 3", 1), ((int)shown["count"]!, (int)shown["other"]!, (string?)shown["page"], (int)shown["nested"]!["deep"]!["list"]![1]!));
        var mask = SecretMask.Of(run, await harness.Engine.FindRuleSetAsync(run, null, default));
        var output = mask.Output(((RunState.Completed)run.State).Output)!;
        Assert.Equal((Secrets.Hidden, 1), ((string?)output["grade"], (int)output["pages"]!));
    }

    [Fact]
    public async Task What_a_server_answers_with_is_hidden_when_it_has_the_value_in_it()
    {
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{ "account": "de89 3704 0044 0532 0130 00", "lookup": { "DE89370400440532013000": true }, "other": "x" }""", Encoding.UTF8, "application/json"),
        };
        var run = await RunAsync("""[{ "type": "http", "name": "call", "method": "POST", "url": "https://api.example/", "body": { "iban": "{{customer.iban}}" }, "saveAs": "answer" }]""",
            """["customer.iban"]""", Secret);

        var shown = await ShownAsync(run);
        Assert.DoesNotContain(Iban, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("0532", shown, StringComparison.Ordinal);
        Assert.Contains("\"other\":\"x\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_that_are_started_take_them_along_wherever_their_context_has_them()
    {
        await harness.SaveAsync("third", """[{ "type": "set", "name": "s", "values": { "last": "{{who.pin}}" } }]""");
        await harness.SaveAsync("second", """[{ "type": "set", "name": "s", "values": { "again": "{{person.pin}}" } }, { "type": "startRuleSet", "name": "go", "ruleSet": "third", "context": { "who": "{{person}}" } }]""");
        await harness.SaveAsync("copy", """[{ "type": "set", "name": "s", "values": { "said": "pin {{customer.pin}}" } }]""");
        var run = await RunAsync("""
            [{ "type": "startRuleSet", "name": "mapped", "ruleSet": "second", "context": { "person": "{{customer}}" } },
             { "type": "startRuleSet", "name": "whole", "ruleSet": "copy" }]
            """, """["customer.pin"]""", """{ "customer": { "name": "Ada", "pin": "77" } }""");

        var children = await harness.ContinuationsAsync(run);
        Assert.Equal(2, children.Count);
        foreach (var child in children.Concat(await harness.ContinuationsAsync(children.Single(child => child.RuleSet == "second"))))
        {
            var shown = await ShownAsync(child);
            Assert.DoesNotContain("77", shown, StringComparison.Ordinal);
            Assert.Contains("Ada", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_run_that_goes_on_with_an_answer_takes_them_along_and_hides_the_answer_at_the_path()
    {
        await harness.SaveAsync("next", """[{ "type": "set", "name": "s", "values": { "note": "{{iban}} {{account}}" } }]""");
        var run = await RunAsync("""
            [{ "type": "humanIntervention", "name": "ask", "title": "For {{iban}}", "form": { "fields": [{ "name": "account", "type": "text" }] }, "continuation": { "ruleSet": "next" } }]
            """, """["iban", "account"]""", """{ "iban": "DE89370400440532013000" }""");
        var task = await harness.TaskOfAsync(run);
        await harness.SubmitAsync(task, """{ "account": "AT611904300234573201" }""");
        await harness.SettleAsync();

        var next = Assert.Single(await harness.ContinuationsAsync(run));
        var shown = await ShownAsync(next);
        Assert.DoesNotContain(Iban, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("AT611904300234573201", shown, StringComparison.Ordinal);

        run = await harness.FindAsync(run.Id);
        task = await harness.TaskOfAsync(run);
        var mask = SecretMask.Of(run, await harness.Engine.FindRuleSetAsync(run, null, default));
        var response = Assert.Single(await harness.Store.ResponsesOfTaskAsync(task.Id, default));
        Assert.Equal("For ••••••", mask.Task(task).Question.Title);
        Assert.Equal("For ••••••", SecretMask.Of(task).Task(task).Question.Title); // in lists, which do not look at the run
        Assert.Equal(Secrets.Hidden, (string?)mask.Response(response).Values["account"]);
        Assert.Null(mask.Response(response).Receipt); // what is signed cannot be changed
        Assert.Equal("AT611904300234573201", (string?)response.Values["account"]);
    }

    [Fact]
    public async Task A_delivery_to_a_webhook_hides_them_and_the_receiver_gets_them()
    {
        var run = await RunAsync("""
            [{ "type": "humanIntervention", "name": "ask", "title": "x", "form": { "fields": [{ "name": "pin", "type": "text" }] }, "continuation": { "webhook": "https://hooks.example/x" } }]
            """, """["customer.grade", "pin"]""", """{ "customer": { "grade": 3 } }""");
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "pin": "9" }""");
        await harness.SettleAsync();

        var delivery = Assert.Single(await harness.ContinuationsAsync(run));
        var shown = JsonNode.Parse(await ShownAsync(delivery))!["payload"]!;
        Assert.All((JsonNode?[])[shown["context"]!["customer"]!["grade"], shown["context"]!["pin"], shown["values"]!["pin"]], value => Assert.Equal(Secrets.Hidden, (string?)value));
        Assert.Contains("\"grade\":3", harness.World.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_log_nor_an_error_says_them()
    {
        var run = await RunAsync("""[{ "type": "end", "name": "end", "status": "failed", "output": "No account {{customer.iban}}" }]""", """["customer.iban"]""", Secret);

        Assert.Equal("No account ••••••", Assert.IsType<RunState.Failed>(run.State).Error.Message);
        var log = await harness.Store.ReadLogAsync(run.Id, null, 100, default);
        Assert.DoesNotContain(log.Items, line => line.Detail?.Contains(Iban, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_model_neither_sees_a_copy_nor_does_its_transcript_tell_what_a_person_answered()
    {
        harness.Model.CallsFor(("create_human_task", """{ "title": "x", "fields": [{ "name": "note", "type": "text" }] }""")).CallsFor(("finish", """{ "result": { "iban": "DE89370400440532013000" } }"""));
        var run = await RunAsync("""
            [{ "type": "set", "name": "copy", "values": { "copy": "{{customer.iban}}" } },
             { "type": "agent", "name": "a", "instructions": "Use {{copy}}.", "context": ["*"], "assignee": "ada@example.com" }]
            """, """["customer.iban", "a.iban"]""", Secret);
        Assert.DoesNotContain(Iban, harness.Model.Everything, StringComparison.Ordinal);
        await harness.SubmitAsync(await harness.TaskOfAsync(run), $$"""{ "note": "it is {{Iban}}" }""");
        await harness.SettleAsync();

        run = await harness.FindAsync(run.Id);
        var mask = SecretMask.Of(run, await harness.Engine.FindRuleSetAsync(run, null, default));
        var calls = (await harness.Transcripts.ReadAsync(run.Id, default)).Select(mask.Call);
        Assert.DoesNotContain(Iban, string.Concat(calls.SelectMany(call => call.Given.Concat(call.Said)).Select(part => part.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_with_a_secret_in_its_words_is_not_found_by_them_by_who_watches()
    {
        var run = await RunAsync("""
            [{ "type": "humanTask", "name": "ask", "title": "Pay {{customer.iban}}", "assignee": "ada@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] } }]
            """, """["customer.iban"]""", Secret);
        var query = new Core.Ports.TaskQuery(EngineHarness.EnvironmentId, 10, Text: "DE8937");

        Assert.Single((await harness.Store.ListTasksAsync(query, default)).Items);
        Assert.Empty((await harness.Store.ListTasksAsync(query with { Watches = true }, default)).Items);
        Assert.Equal(0, await harness.Store.CountTasksAsync(query with { Watches = true }, 10, default));
        Assert.Single((await harness.Store.ListTasksAsync(query with { Watches = true, Text = run.CorrelationId }, default)).Items);
        Assert.Single((await harness.Store.ListTasksAsync(query with { Watches = true, Text = null }, default)).Items);
    }

    [Fact]
    public async Task A_run_of_an_earlier_release_hides_the_paths_of_its_rule_set()
    {
        var run = await RunAsync("""[{ "type": "set", "name": "copy", "values": { "copy": "{{customer.iban}}" } }]""", """["customer.iban"]""", Secret);

        Assert.DoesNotContain(Iban, await ShownAsync(run with { Secrets = null }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_secrets_keeps_nothing_for_them_and_shows_what_it_has()
    {
        var run = await RunAsync("""[{ "type": "set", "name": "copy", "values": { "copy": "{{customer.iban}}" } }]""", "[]", Secret);

        Assert.Null(run.Secrets);
        Assert.Contains($"\"copy\":\"{Iban}\"", await ShownAsync(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("85000", "Salary: 85,000 a year", "Salary: •••••• a year")]
    [InlineData("85000", "85000.50 and 185000", "••••••.50 and 185000")]
    [InlineData("\"2026-05-01\"", "born on 1 May 2026", "born on ••••••")]
    [InlineData("\"a+b@example.com\"", "https://x.example/?to=a%2Bb%40example.com", "https://x.example/?to=••••••")]
    [InlineData("\"王小明李\"", "客户王小明李已确认", "客户••••••已确认")]
    [InlineData("\"4711\"", "PIN 4711, room 47110", "PIN ••••••, room 47110")]
    [InlineData("true", "true", "true")]
    public void A_value_is_found_as_people_write_it(string value, string text, string shown)
    {
        var context = JsonNode.Parse($$"""{ "secret": {{value}} }""")!.AsObject();
        var run = new Run
        {
            Id = "r",
            Environment = "e",
            RuleSet = "s",
            CorrelationId = "c",
            CreatedAt = default,
            UpdatedAt = default,
            AvailableUntil = default,
            State = new RunState.Running(),
            Context = context,
            Secrets = new RunSecrets { Paths = ["secret"] },
        };

        Assert.Equal(shown, SecretMask.Of(run, null).Text(text));
    }

    private async Task<Run> RunAsync(string actions, string secrets, string context)
    {
        await harness.SaveWholeAsync("secretive", $$"""{ "secrets": {{secrets}}, "actions": {{actions}} }""");
        return await harness.StartAsync("secretive", context);
    }

    /// <summary>What somebody sees of a run's context and output who watches it.</summary>
    private async Task<string> ShownAsync(Run run)
    {
        var mask = SecretMask.Of(run, await harness.Engine.FindRuleSetAsync(run, null, default));
        var shown = mask.Context(run.Context).DeepClone().AsObject();
        if (run.State is RunState.Completed { Output: { } output })
        {
            shown["theOutput"] = mask.Output(output)?.DeepClone();
        }

        return shown.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
