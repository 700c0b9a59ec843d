using System.Globalization;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The members of one action, with the reading that all actions share.</summary>
internal sealed class ActionReader(ObjectReader members, string name, RuleSetReader ruleSet)
{
    public ObjectReader Members => members;

    /// <summary>The default title of a request to a person; null if a title is required.</summary>
    public string? UsualTitle { get; init; }

    /// <summary>The given name, or one derived from the action's type.</summary>
    public string Name => name;

    public Problems Problems => members.Problems;

    public RuleSetLimits Limits => ruleSet.Limits;

    /// <summary>
    /// Whether the document was validated when it was saved. Limits and rules may have become stricter since.
    /// </summary>
    public bool IsTrusted => ruleSet.IsTrusted;

    public Template Template(TextMember member) => Template(members, member);

    public Template Template(ObjectReader of, TextMember member) => Template(of, member.Name, member.MaxLength, member.Required);

    private Template Template(ObjectReader of, string member, int maxLength, bool required)
    {
        var text = required ? of.RequiredText(member, maxLength) : of.Text(member, maxLength);
        return Parse(text ?? "", of.At(member));
    }

    public Template Parse(string text, string pointer)
    {
        if (Problems.Literal)
        {
            return Expressions.Template.Literal(text);
        }

        if (Expressions.Template.TryParse(text, out var problem, Problems.Stored) is { } template)
        {
            return template;
        }

        Problems.Add(pointer, problem!);
        return Expressions.Template.Literal(text);
    }

    /// <summary>
    /// Reads a text that names one person: an address, or a template that renders one. Links are not allowed in it.
    /// </summary>
    public PersonTemplate Person(ObjectReader of, TextMember member, bool required) =>
        Person(Template(of, member.Name, member.MaxLength, required), of.At(member), orDomain: false);

    /// <summary>Reads one such text or a list of them. Each may be a template that renders a list.</summary>
    public IReadOnlyList<PersonTemplate> People(ObjectReader of, TextsMember member, bool orDomain = false) =>
    [
        .. of.OneOrMore(member, orEmpty: true)
            .Select(item => Person(Parse(item.Text, item.Pointer), item.Pointer, orDomain)),
    ];

    private PersonTemplate Person(Template template, string pointer, bool orDomain)
    {
        Keep(pointer, template.Paths);
        var isWritten = template.IsLiteral && !template.Text.Contains("{{", StringComparison.Ordinal);
        if (!IsTrusted && isWritten && Problems.All(known => known.Pointer != pointer)
            && (orDomain ? PersonAddress.EntryProblem(template.Text) : PersonAddress.Problem(template.Text)) is { } problem)
        {
            Problems.Add(pointer, problem);
        }

        return new PersonTemplate(template, pointer[members.Pointer.Length..]);
    }

    public ContextPath? Key(TextMember member)
    {
        if (members.Text(member) is not { } text)
        {
            return null;
        }

        if (ContextPath.TryParse(text) is { } key)
        {
            return key;
        }

        members.Refuse(member, $"'{text}' is not a context key such as invoice.number.");
        return null;
    }

    /// <param name="member">The member, in hours.</param>
    /// <param name="bounded">Whether the time may not exceed the run retention.</param>
    public TimeSpan? Span(HoursMember member, bool bounded)
    {
        if (members.Hours(member) is not { } hours)
        {
            return null;
        }

        var span = TimeSpan.FromHours(hours);
        if (bounded && !IsTrusted && span > Limits.LongestLink)
        {
            members.Refuse(member, string.Create(
                CultureInfo.InvariantCulture,
                $"'{member.Name}' exceeds the run retention of this environment ({Limits.LongestLink.TotalHours:0.##} hours)."));
        }

        return span;
    }

    public Continuation? Continuation(bool required)
    {
        if (members.Any(ActionMembers.Continuation) is { } element)
        {
            return RuleSets.Continuation.Read(element, members.At(ActionMembers.Continuation), Problems, IsTrusted || Limits.PrivateAddresses);
        }

        if (required)
        {
            members.Refuse(ActionMembers.Continuation, "'continuation' is required.");
        }

        return null;
    }

    /// <summary>Reads the context key of the action's link. No two actions may use the same key.</summary>
    public string? LinkKey(string? usual = null)
    {
        var key = members.Text(ActionMembers.LinkContextKey);
        if (key is not null && ContextPath.TryParse(key) is null)
        {
            members.Refuse(ActionMembers.LinkContextKey, $"'{key}' is not a context key such as approvalLink.");
        }

        key ??= usual;
        if (key is not null && !ruleSet.LinkKeys.Add(key))
        {
            members.Refuse(ActionMembers.LinkContextKey, $"'{key}' is used by two actions.");
        }

        return key;
    }

    /// <summary>Records that the action creates several tasks, each named after the action and a number.</summary>
    public void Reserve()
    {
        if (!IsTrusted)
        {
            ruleSet.Numbered.Add((name, members.Pointer));
        }
    }

    /// <summary>Records that the values at these paths are stored, so none of them may be a link.</summary>
    public void Keep(string pointer, IEnumerable<ContextPath> paths) => ruleSet.NoLinks(
        pointer, paths, "links are never stored. Use it in an email or http action.");

    public ValueTemplate Kept(string pointer, ValueTemplate template)
    {
        Keep(pointer, template.Paths);
        return template;
    }

    /// <summary>Records that the value is an address, so it may not be a link.</summary>
    public Template NotALink(string pointer, Template template)
    {
        if (!IsTrusted)
        {
            ruleSet.NoLinks(pointer, template.Paths, "it can't be an email address.");
        }

        return template;
    }
}
