using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Resolves the people named by an action. A template must render an address. An address written by the author was
/// validated when it was saved, by the rule of that time, and is accepted as it is.
/// </summary>
internal sealed class PeopleReader(Scope scope)
{
    /// <summary>
    /// The first template that rendered no address: its place in the action and the reason, without the value.
    /// </summary>
    public (string At, string Message)? Problem { get; private set; }

    public string One(PersonTemplate person) =>
        person.Text.IsLiteral ? PersonAddress.Written(person.Text.Text)
        : person.Text.RenderText(scope) is var text && PersonAddress.Of(text) is { } address ? address
        : Refuse(person, text, orDomain: false);

    /// <summary>Returns all people, each once. A template may render a list, and an empty list names nobody.</summary>
    public IReadOnlyList<string> All(IEnumerable<PersonTemplate> people) =>
        [.. people.SelectMany(person => Several(person, orDomain: false)).Distinct(StringComparer.Ordinal)];

    /// <summary>Does the same where domains such as <c>@example.com</c> are allowed.</summary>
    public IReadOnlyList<string> Entries(IEnumerable<PersonTemplate> entries) =>
        [.. entries.SelectMany(entry => Several(entry, orDomain: true)).Distinct(StringComparer.Ordinal)];

    private IEnumerable<string> Several(PersonTemplate person, bool orDomain)
    {
        if (person.Text.IsLiteral)
        {
            return orDomain
                ? person.Text.Text.Trim() is { Length: > 0 } entry ? [PersonAddress.EntryOf(entry) ?? entry] : []
                : RoutingRequest.Listed(person.Text.Text).Select(PersonAddress.Written);
        }

        var texts = person.Text.Render(scope) is JsonArray list ? list.Select(JsonValues.Format) : [person.Text.RenderText(scope)];
        return texts.Select(text => (orDomain ? PersonAddress.EntryOf(text) : PersonAddress.Of(text)) ?? Refuse(person, text, orDomain));
    }

    private string Refuse(PersonTemplate person, string text, bool orDomain)
    {
        var gives = string.IsNullOrWhiteSpace(text) ? "nothing" : "something else";
        Problem ??= (person.At, $"{person.At} must be {(orDomain ? "one email address or one domain" : "one email address")}, but its template returned {gives}.");
        return text;
    }
}
