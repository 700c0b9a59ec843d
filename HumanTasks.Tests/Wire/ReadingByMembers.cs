using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Api;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Wire;

namespace HumanTasks.Tests.Wire;

/// <summary>A member that is described is read, and one that is not described is refused.</summary>
public sealed class ReadingByMembers
{
    private static readonly Dictionary<string, Known> Bodies = new Known[]
    {
        Of(StartRunRequest.Body, "{}"),
        Of(ReasonRequest.Body, "{}"),
        Of(RejectRequest.Body, "{}"),
        Of(CancelRunRequest.Body, "{}"),
        Of(CancelRunsRequest.Body, """{"correlationId":"c"}"""),
        Of(ReassignRequest.Body, """{"assignee":"ann@example.com"}"""),
        Of(ClaimRequest.Body, "{}"),
        Of(DelegateRequest.Body, """{"assignee":"ann@example.com"}"""),
        Of(LinkRequest.Body, "{}"),
        Of(CommentRequest.Body, """{"text":"x"}"""),
        Of(BulkRequest.Body, """{"action":"remind","ids":["a"]}"""),
        Of(ResponseRequest.Body, """{"values":{}}"""),
        Of(Brands.Body, "{}"),
    }.ToDictionary(known => known.Shape.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["set"] = """{"values":{"a":1}}""",
        ["http"] = """{"url":"https://example.com"}""",
        ["email"] = """{"to":"ann@example.com","subject":"s","body":"b"}""",
        ["humanTask"] = """{"assignee":"ann@example.com","title":"t","dueInHours":1,"form":{"fields":[{"name":"a","type":"text"}]}}""",
        ["humanIntervention"] = """{"title":"t","form":{"fields":[{"name":"a","type":"text"}]},"continuation":{"ruleSet":"next"}}""",
        ["agent"] = """{"instructions":"i","assignee":"ann@example.com"}""",
        ["startRuleSet"] = """{"ruleSet":"next"}""",
        ["end"] = "{}",
        ["when"] = """{"if":{"path":"a","op":"exists"},"then":[{"type":"end"}]}""",
    };

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["choice"] = """{"options":[{"value":"a"}]}""",
        ["multiChoice"] = """{"options":[{"value":"a"}]}""",
        ["table"] = """{"fields":[{"name":"c","type":"text"}]}""",
        ["display"] = """{"markdown":"x"}""",
        ["signature"] = """{"consent":"x"}""",
    };

    public static TheoryData<string> NamesOfBodies => [.. Bodies.Keys];

    public static TheoryData<string> NamesOfActions => [.. RuleSetReader.Types.Keys, RuleSetReader.Branch];

    public static TheoryData<string> NamesOfFields => [.. FieldTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(NamesOfBodies))]
    public void A_request_reads_each_of_its_members_and_no_other(string name)
    {
        var known = Bodies[name];
        MustReadAll(known.Shape, "", known.Right, known.Read);
    }

    [Theory]
    [MemberData(nameof(NamesOfActions))]
    public void An_action_reads_each_of_its_members_and_no_other(string type)
    {
        var shape = type == RuleSetReader.Branch ? RuleSetReader.BranchShape : RuleSetReader.Types[type].Shape;

        MustReadAll(shape, "/actions/0", Actions[type], action =>
        {
            action["type"] ??= type;
            return ProblemsOf(new JsonObject { ["actions"] = new JsonArray(action) });
        });
    }

    [Fact]
    public void A_rule_set_reads_each_of_its_members_and_no_other() =>
        MustReadAll(RuleSetShape.Shape, "", """{"actions":[{"type":"end"}]}""", ProblemsOf);

    [Theory]
    [MemberData(nameof(NamesOfFields))]
    public void A_field_reads_each_of_its_members_and_no_other(string type)
    {
        MustReadAll(FormShape.OfType(FieldTypes.Find(type)!, isColumn: false), "/fields/0", Fields.GetValueOrDefault(type, "{}"), field =>
        {
            field["name"] ??= "a";
            field["type"] ??= type;
            return ProblemsOfForm(new JsonObject { ["fields"] = new JsonArray(field) });
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_question_of_an_agent_reads_each_of_its_members_and_no_other(bool followUp) => MustReadAll(
        followUp ? AgentQuestion.FollowUpShape : AgentQuestion.Shape, "", """{"title":"t","fields":[{"name":"a","type":"text"}]}""", question =>
        {
            var problems = new Problems { Literal = true };
            AgentQuestion.Read(JsonSerializer.SerializeToElement(question), followUp, problems);
            return problems;
        });

    [Fact]
    public void A_form_reads_each_of_its_members_and_no_other() =>
        MustReadAll(FormShape.Shape, "", """{"fields":[{"name":"a","type":"text"}]}""", ProblemsOfForm);

    [Fact]
    public void A_response_behind_a_link_reads_each_of_its_members_and_no_other() =>
        MustReadAll(JsonSubmission.Shape, "", """{"values":{}}""", body =>
            JsonSubmission.Read(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), null, Form()) is HumanTasks.Web.Review.Submissions.Reading.WrongShape wrong
                ? [.. wrong.Problems]
                : []);

    private static void MustReadAll(Shape shape, string pointer, string right, Func<JsonObject, IReadOnlyList<Problem>> read)
    {
        Assert.Empty(read(Right()));
        foreach (var member in shape.Members.Where(member => member is not OtherMember { TakesAnything: true }))
        {
            var wrong = Right();
            wrong[member.Name] = JsonNode.Parse(member.Wrong);
            Assert.True(
                read(wrong).Any(problem => problem.Pointer.StartsWith($"{pointer}/{member.Name}", StringComparison.Ordinal)),
                $"{shape.Name} does not read '{member.Name}': {member.Wrong} is taken.");

            var shouted = Right();
            shouted[member.Name.ToUpperInvariant()] = JsonNode.Parse(member.Wrong);
            MustBeUnknown(shouted, member.Name.ToUpperInvariant());
        }

        var unknown = Right();
        unknown["nobodyReadsThis"] = 1;
        MustBeUnknown(unknown, "nobodyReadsThis");

        JsonObject Right() => JsonNode.Parse(right)!.AsObject();

        void MustBeUnknown(JsonObject document, string member) => Assert.Contains(
            read(document), problem => problem.Pointer == $"{pointer}/{member}" && problem.Message == $"Unknown member '{member}'.");
    }

    private static IReadOnlyList<Problem> ProblemsOf(JsonObject ruleSet)
    {
        var problems = new Problems();
        RuleSetReader.Read(JsonSerializer.SerializeToElement(ruleSet), problems, new RuleSetLimits(TimeSpan.FromDays(30), HumanTasks: true));
        return problems;
    }

    private static IReadOnlyList<Problem> ProblemsOfForm(JsonObject form)
    {
        var problems = new Problems();
        FormReader.Read(JsonSerializer.SerializeToElement(form), "", problems);
        return problems;
    }

    private static Form Form() =>
        FormReader.Read(JsonElement.Parse("""{"fields":[{"name":"a","type":"text"}]}"""), "", new Problems())!;

    private static Known Of<T>(RequestBody<T> body, string right)
        where T : class => new(body.Shape, right, document =>
        {
            var problems = new Problems();
            var reader = ObjectReader.Open(JsonSerializer.SerializeToElement(document), "", problems)!;
            body.Read(reader);
            reader.Finish(body.Shape);
            return problems;
        });

    private sealed record Known(Shape Shape, string Right, Func<JsonObject, IReadOnlyList<Problem>> Read);
}
