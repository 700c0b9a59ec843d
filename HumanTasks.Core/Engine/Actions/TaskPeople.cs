using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Who is asked by a new task and who may not answer it, or what is wrong with that.</summary>
internal sealed record TaskPeople(string? Assignee, Routing? Routing, IReadOnlyList<string>? NotBy, IReadOnlyList<string>? DelegateTo)
{
    private const int MaxDelegates = 50;

    public string? Problem { get; init; }

    public static TaskPeople Of(RoutingRequest request, TurnDraft draft, PeopleReader named)
    {
        var (notBy, unknown) = Excluded(request, draft);
        var delegateTo = named.Entries(request.DelegateTo);
        var people = new TaskPeople(null, null, notBy.Count > 0 ? notBy : null, delegateTo.Count > 0 ? delegateTo : null)
        {
            Problem = unknown ?? (delegateTo.Count > MaxDelegates ? $"'delegateTo' are more than {MaxDelegates} entries." : null),
        };
        if (!request.IsSeveral)
        {
            var assignee = named.One(request.People[0]);
            return people with
            {
                Assignee = assignee,
                Problem = people.Problem
                    ?? (people.Excludes(assignee) ? "The assignee is excluded by 'notSameAs'." : null),
            };
        }

        var all = named.All(request.People);
        string[] may = [.. all.Where(address => !people.Excludes(address))];
        var need = request.Need ?? may.Length;
        return people with
        {
            Routing = new Routing
            {
                Need = Math.Max(1, need),
                Veto = request.Veto,
                Candidates = request.Candidates,
                Seats = [.. may.Select((address, index) => new Seat(index + 1, address))],
            },
            Problem = people.Problem ?? Wrong(request, all, may, need),
        };
    }

    /// <summary>Whether a person may not answer because of what they did before (four eyes).</summary>
    public bool Excludes(string? address) => NotBy?.Any(other => PersonAddress.Same(other, address)) == true;

    /// <summary>Whether a text is an address by the rule of today or by the one of older builds.</summary>
    public static bool IsAddress(string text) => EmailAddresses.Are(text) || PersonAddress.Of(text) is not null;

    private static string? Wrong(RoutingRequest request, IReadOnlyList<string> all, string[] may, int need)
    {
        var member = request.Candidates ? "candidates" : "assignees";
        return all.Count > RoutingRequest.MaxPeople ? $"'{member}' are more than {RoutingRequest.MaxPeople} people."
            : !all.All(IsAddress) ? $"'{member}' has something in it that is not an e-mail address."
            : may.Length == 0 ? $"'{member}' has no eligible person."
            : may.Length < need ? $"'need' is {need}, but only {may.Length} of '{member}' can respond."
            : null;
    }

    /// <summary>Who decided before, by the names of actions and by paths. Nobody may slip through because it is not known who it was.</summary>
    private static (IReadOnlyList<string> Addresses, string? Problem) Excluded(RoutingRequest request, TurnDraft draft)
    {
        List<string> addresses = [];
        foreach (var name in request.NotSameAs)
        {
            var earlier = draft.RuleSet.Actions.OfType<RuleAction.HumanTask>().FirstOrDefault(action => action.Name == name);
            var path = earlier?.SaveAs ?? ContextPath.TryParse(name);
            if (path?.TryFind(draft.Context, out var value) != true)
            {
                return ([], $"'notSameAs' names '{name}', which doesn't exist.");
            }

            string[] known = [.. earlier is null ? Texts(value) : By(value)];
            if (known.Length == 0)
            {
                return ([], $"'notSameAs' names '{name}', but its person is unknown.");
            }

            if (!known.All(PersonAddress.IsCertain))
            {
                return ([], $"'notSameAs' names '{name}', which is not exactly one email address.");
            }

            addresses.AddRange(known.Select(PersonAddress.Written));
        }

        return ([.. addresses.Distinct(StringComparer.Ordinal)], null);
    }

    private static IEnumerable<string> By(JsonNode? answer) => answer is not JsonObject members ? []
        : members["answers"] is JsonArray { Count: > 0 } answers ? answers.SelectMany(one => Texts((one as JsonObject)?["by"]))
        : Texts(members["by"]);

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.SelectMany(Texts),
        _ => JsonValues.TryText(value, out var text) && !string.IsNullOrWhiteSpace(text) ? [text] : [],
    };
}
