using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>The people asked by a new task and those who may not respond, or what is wrong with them.</summary>
internal sealed record TaskPeople(Asked? Asked, IReadOnlyList<string>? NotBy, IReadOnlyList<string>? DelegateTo)
{
    private const int MaxDelegates = 50;

    public string? Problem { get; init; }

    /// <summary>Returns the earlier actions that an action's <c>notSameAs</c> names.</summary>
    public static IEnumerable<string> EarlierActions(RuleAction action, RuleSet ruleSet) =>
        action is RuleAction.HumanTask task ? task.Routing.NotSameAs.Where(name => IsEarlierAction(name, ruleSet)) : [];

    private static bool IsEarlierAction(string name, RuleSet ruleSet) =>
        ruleSet.Actions.Any(action => action is RuleAction.HumanTask && action.Name == name);

    public static TaskPeople Of(
        RoutingRequest request, TurnDraft draft, PeopleReader named, IReadOnlyDictionary<string, IReadOnlyList<HumanResponse>> decided)
    {
        var (notBy, unknown) = Excluded(request, draft.Context, decided);
        var delegateTo = named.Entries(request.DelegateTo);
        var people = new TaskPeople(null, notBy.Count > 0 ? notBy : null, delegateTo.Count > 0 ? delegateTo : null)
        {
            Problem = unknown ?? (delegateTo.Count > MaxDelegates ? $"'delegateTo' has more than {MaxDelegates} entries." : null),
        };
        if (!request.IsSeveral)
        {
            var assignee = named.One(request.People[0]);
            return people with
            {
                Asked = new Asked.One(new Seat(0, assignee), Uses.Once),
                Problem = people.Problem
                    ?? (people.Excludes(assignee) ? "The assignee is excluded by 'notSameAs'." : null),
            };
        }

        var all = named.All(request.People);
        string[] may = [.. all.Where(address => !people.Excludes(address))];
        var need = request.Need ?? may.Length;
        return people with
        {
            Asked = new Asked.Several(
                [.. may.Select((address, index) => new Seat(index + 1, address))], Math.Max(1, need), new Uses(Math.Max(1, need)))
            {
                Veto = request.Veto,
                Candidates = request.Candidates,
            },
            Problem = people.Problem ?? Wrong(request, all, may, need),
        };
    }

    /// <summary>Returns whether a person may not respond because of an earlier decision (four-eyes rule).</summary>
    public bool Excludes(string? address) => NotBy?.Any(other => PersonAddress.Same(other, address)) == true;

    /// <summary>Returns whether a text is an address by the current rule or by that of older builds.</summary>
    public static bool IsAddress(string text) => EmailAddresses.Are(text) || PersonAddress.Of(text) is not null;

    private static string? Wrong(RoutingRequest request, IReadOnlyList<string> all, string[] may, int need)
    {
        var member = request.Candidates ? "candidates" : "assignees";
        return all.Count > RoutingRequest.MaxPeople ? $"'{member}' has more than {RoutingRequest.MaxPeople} people."
            : !all.All(IsAddress) ? $"'{member}' contains an invalid email address."
            : may.Length == 0 ? $"'{member}' has no eligible person."
            : may.Length < need ? $"'need' is {need}, but only {may.Length} of '{member}' can respond."
            : null;
    }

    /// <summary>
    /// Returns the people who decided earlier. For a named action they are those who responded to it, whatever the
    /// context contains under its name; only paths are looked up in the context. If a person is unknown, the task is
    /// refused, so that nobody evades the rule.
    /// </summary>
    private static (IReadOnlyList<string> Addresses, string? Problem) Excluded(
        RoutingRequest request, JsonObject context, IReadOnlyDictionary<string, IReadOnlyList<HumanResponse>> decided)
    {
        List<string> addresses = [];
        foreach (var name in request.NotSameAs)
        {
            if (PeopleOf(name, context, decided) is not { } known)
            {
                return ([], $"'notSameAs' names '{name}', which doesn't exist.");
            }

            if (known.Count == 0)
            {
                return ([], $"'notSameAs' names '{name}', but its person is unknown.");
            }

            if (!known.All(PersonAddress.IsCertain))
            {
                return ([], $"'notSameAs' names '{name}', which isn't exactly one email address.");
            }

            addresses.AddRange(known.Select(PersonAddress.Written));
        }

        return ([.. addresses.Distinct(StringComparer.Ordinal)], null);
    }

    private static IReadOnlyList<string>? PeopleOf(
        string name, JsonObject context, IReadOnlyDictionary<string, IReadOnlyList<HumanResponse>> decided) =>
        decided.TryGetValue(name, out var responses)
            ? responses.Count == 0 ? null : [.. responses.Select(response => response.By).OfType<string>()]
            : ContextPath.TryParse(name) is { } path && path.TryFind(context, out var value) ? [.. Texts(value)] : null;

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.SelectMany(Texts),
        _ => JsonValues.TryText(value, out var text) && !string.IsNullOrWhiteSpace(text) ? [text] : [],
    };
}
