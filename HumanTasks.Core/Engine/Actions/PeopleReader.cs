using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.People;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Resolves the people whom an action names. What a template gives must be an address. What an author wrote was checked by the
/// rule of the day on which it was saved, and is taken as it is.
/// </summary>
internal sealed class PeopleReader(Scope scope)
{
    /// <summary>The first template that gave no address: where it is in the action, and why, without its value.</summary>
    public (string At, string Message)? Problem { get; private set; }

    public string One(PersonTemplate person) =>
        person.Text.IsLiteral ? PersonAddress.Written(person.Text.Text)
        : person.Text.RenderText(scope) is var text && PersonAddress.Of(text) is { } address ? address
        : Refuse(person, text, orDomain: false);

    /// <summary>All of them, each once. A template may give a list, and an empty list gives nobody.</summary>
    public IReadOnlyList<string> All(IEnumerable<PersonTemplate> people) =>
        [.. people.SelectMany(person => Several(person, orDomain: false)).Distinct(StringComparer.Ordinal)];

    /// <summary>The same where domains such as <c>@example.com</c> may stand, too.</summary>
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
        Problem ??= (person.At, $"{person.At} must be {(orDomain ? "one email address or one domain" : "one email address")}, but its template gives {gives}.");
        return text;
    }
}
