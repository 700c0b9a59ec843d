using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The people a <c>humanTask</c> asks, and those who may not respond.</summary>
public sealed record RoutingRequest
{
    private const string All = "all";
    private const string Any = "any";
    private const int MaxEntries = 50;

    /// <summary>The maximum number of people in one task.</summary>
    public const int MaxPeople = 50;

    /// <summary>One entry for a single assignee, otherwise several. A template may render a list.</summary>
    public required IReadOnlyList<PersonTemplate> People { get; init; }

    /// <summary>Whether the task may have several people.</summary>
    public bool IsSeveral { get; init; }

    /// <summary>The number of responses that decide; null for all.</summary>
    public int? Need { get; init; } = 1;

    public bool Veto { get; init; }

    /// <summary>Whether the people are candidates, one of whom claims the task.</summary>
    public bool Candidates { get; init; }

    /// <summary>Context paths of addresses, and names of earlier actions, whose people may not respond.</summary>
    public IReadOnlyList<string> NotSameAs { get; init; } = [];

    /// <summary>The people to whom an assignee may delegate the task.</summary>
    public IReadOnlyList<PersonTemplate> DelegateTo { get; init; } = [];

    /// <summary>Returns a routing to one assignee, without further settings.</summary>
    public static RoutingRequest To(string assignee) => new() { People = [new PersonTemplate(Template.Literal(assignee), "/assignee")] };

    /// <summary>
    /// Splits a text into its addresses. Definitions from older releases may contain several in one text.
    /// </summary>
    internal static string[] Listed(string text) =>
        text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static RoutingRequest Read(ActionReader action)
    {
        var members = action.Members;
        string[] given = [.. ((string[])["assignee", "assignees", "candidates"]).Where(member => members.Any(member) is not null)];
        if (given.Length > 1)
        {
            members.Refuse(given[1], $"'{given[0]}' is already set. Set only one of assignee, assignees and candidates.");
        }

        var who = given.Length > 0 ? given[0] : "assignee";
        var request = new RoutingRequest
        {
            People = who == "assignee" ? [action.Person(members, who, required: true)] : action.People(members, who, MaxEntries),
            IsSeveral = who != "assignee",
            Candidates = who == "candidates",
            Need = ReadNeed(members, who),
            Veto = members.Flag("veto") ?? false,
            NotSameAs = ReadNames(members),
            DelegateTo = action.People(members, "delegateTo", MaxEntries, orDomain: true),
        };
        if (request is { Veto: true, IsSeveral: false } or { Veto: true, Candidates: true })
        {
            members.Refuse("veto", "'veto' requires 'assignees'.");
        }

        if (request.IsSeveral && members.IsEmptyList(who))
        {
            members.Refuse(who, $"'{who}' needs at least one address.");
        }

        string[] listed = [.. request.People.SelectMany(person => Listed(person.Text.Text))];
        var people = action.IsTrusted ? listed.Length : listed.Select(PersonAddress.Written).Distinct(StringComparer.Ordinal).Count();
        if (request.Need > people && people > 0 && request.People.All(person => person.Text.IsLiteral))
        {
            members.Refuse("need", $"'need' is {request.Need}, but '{who}' has only {people}.");
        }

        if (request.IsSeveral && members.Any("linkContextKey") is not null)
        {
            members.Refuse("linkContextKey", "'linkContextKey' works with a single assignee only.");
        }

        return request;
    }

    private static int? ReadNeed(ObjectReader members, string who)
    {
        if (members.Any("need") is not { } need)
        {
            return 1;
        }

        if (who != "assignees")
        {
            members.Refuse("need", "'need' requires 'assignees'.");
            return 1;
        }

        if (need.ValueKind == JsonValueKind.String)
        {
            return members.OneOf("need", Any, Any, All) == All ? null : 1;
        }

        return members.Integer("need", 1, MaxPeople) ?? 1;
    }

    private static IReadOnlyList<string> ReadNames(ObjectReader members)
    {
        const string Member = "notSameAs";
        var texts = members.OneOrMore(Member, MaxEntries, ContextPath.MaxLength);
        foreach (var (text, pointer) in texts)
        {
            if (ContextPath.TryParse(text) is null && !RuleSetName.IsValid(text))
            {
                members.Problems.Add(pointer, $"'{text}' is neither a context path such as request.by nor the name of an action.");
            }
        }

        return [.. texts.Select(item => item.Text)];
    }
}
