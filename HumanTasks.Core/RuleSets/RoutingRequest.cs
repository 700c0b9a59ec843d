using System.Text.Json;
using System.Text.Json.Nodes;
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

    private static readonly TextMember Assignee = new("assignee") { Says = "The email address of the one person who is asked. Or 'assignees', or 'candidates'." };
    private static readonly TextsMember Assignees = new("assignees", MaxEntries, 1000) { MinCount = 1, OrOne = true, Says = "Several people, of whom 'need' must respond." };
    private static readonly TextsMember CandidatesMember = new("candidates", MaxEntries, 1000) { MinCount = 1, OrOne = true, Says = "Several people, of whom one claims the task." };
    private static readonly IntegerMember NeedNumber = new("need", 1, MaxPeople);
    private static readonly WordMember NeedWord = new("need", Any, All);

    private static readonly OtherMember NeedMember = new("need", "{}", definitions => new JsonObject
    {
        ["anyOf"] = new JsonArray(NeedNumber.Schema(definitions), NeedWord.Schema(definitions)),
    })
    {
        Says = "How many of the assignees must respond: a number, any or all. Default 1.",
    };

    private static readonly FlagMember VetoMember = new("veto") { Says = "Whether one assignee who declines decides for all." };

    private static readonly TextsMember NotSameAsMember = new("notSameAs", MaxEntries, ContextPath.MaxLength)
    {
        OrOne = true,
        Says = "Context paths of addresses, and earlier actions, whose people may not respond (four eyes).",
    };

    private static readonly TextsMember DelegateToMember = new("delegateTo", MaxEntries, 1000)
    {
        OrOne = true,
        Says = "To whom an assignee may delegate the task: addresses, or domains such as @example.com.",
    };

    internal static IReadOnlyList<Member> Members { get; } =
        [Assignee, Assignees, CandidatesMember, NeedMember, VetoMember, NotSameAsMember, DelegateToMember];

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
        string[] given = [.. ((string[])[Assignee.Name, Assignees.Name, CandidatesMember.Name]).Where(member => members.Any(member) is not null)];
        if (given.Length > 1)
        {
            members.Refuse(given[1], $"'{given[0]}' is already set. Set only one of assignee, assignees and candidates.");
        }

        var who = given.Length > 0 ? given[0] : Assignee.Name;
        var request = new RoutingRequest
        {
            People = who == Assignee.Name ? [action.Person(members, Assignee, required: true)]
                : action.People(members, who == Assignees.Name ? Assignees : CandidatesMember),
            IsSeveral = who != Assignee.Name,
            Candidates = who == CandidatesMember.Name,
            Need = ReadNeed(members, who),
            Veto = members.Flag(VetoMember) ?? false,
            NotSameAs = ReadNames(members),
            DelegateTo = action.People(members, DelegateToMember, orDomain: true),
        };
        if (request is { Veto: true, IsSeveral: false } or { Veto: true, Candidates: true })
        {
            members.Refuse(VetoMember, "'veto' requires 'assignees'.");
        }

        if (request.IsSeveral && members.IsEmptyList(who))
        {
            members.Refuse(who, $"'{who}' needs at least one address.");
        }

        string[] listed = [.. request.People.SelectMany(person => Listed(person.Text.Text))];
        var people = action.IsTrusted ? listed.Length : listed.Select(PersonAddress.Written).Distinct(StringComparer.Ordinal).Count();
        if (request.Need > people && people > 0 && request.People.All(person => person.Text.IsLiteral))
        {
            members.Refuse(NeedMember, $"'need' is {request.Need}, but '{who}' has only {people}.");
        }

        if (request.IsSeveral && members.Any(ActionMembers.LinkContextKey) is not null)
        {
            members.Refuse(ActionMembers.LinkContextKey, "'linkContextKey' works with a single assignee only.");
        }

        return request;
    }

    private static int? ReadNeed(ObjectReader members, string who)
    {
        if (members.Any(NeedMember) is not { } need)
        {
            return 1;
        }

        if (who != Assignees.Name)
        {
            members.Refuse(NeedMember, "'need' requires 'assignees'.");
            return 1;
        }

        if (need.ValueKind == JsonValueKind.String)
        {
            return members.OneOf(NeedWord) == All ? null : 1;
        }

        return members.Integer(NeedNumber) ?? 1;
    }

    private static IReadOnlyList<string> ReadNames(ObjectReader members)
    {
        var texts = members.OneOrMore(NotSameAsMember);
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
