using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.RuleSets;

/// <summary>What every request to a person has.</summary>
public sealed record PersonRequest
{
    // stands in for a form that has a problem; the reader then answers no rule set at all
    private static readonly Form NoForm = new(default, new ValueTemplate.Members([]), [], null);

    public required Template Title { get; init; }

    /// <summary>Markdown.</summary>
    public Template? Description { get; init; }

    public required Form Form { get; init; }

    /// <summary>What of the context the person sees beside the form; nothing without it.</summary>
    public IReadOnlyList<ShownPath>? Show { get; init; }

    /// <summary>The IANA time zone in which the form asks for a date and time; the environment's without it.</summary>
    public string? TimeZone { get; init; }

    internal static PersonRequest Read(ActionReader action)
    {
        var members = action.Members;
        var title = members.Any("title") is null && action.UsualTitle is { } usual
            ? Template.Literal(usual)
            : action.Template("title", 300, required: true);
        var description = members.Any("description") is null ? null : action.Template("description", 20_000, required: false);
        Form? form = null;
        if (members.Any("form") is { } element)
        {
            form = action.IsTrusted ? Form.Checked(element) : FormReader.Read(element, members.At("form"), action.Problems);
        }
        else
        {
            members.Refuse("form", "'form' is required.");
        }

        action.Keep(members.At("title"), title.Paths);
        action.Keep(members.At("description"), description?.Paths ?? []);
        action.Keep(members.At("form"), action.IsTrusted ? [] : form?.Paths ?? []);
        return new PersonRequest
        {
            Title = title,
            Description = description,
            Form = form ?? NoForm,
            Show = ShownPath.ReadAll(members),
            TimeZone = ReadTimeZone(action),
        };
    }

    private static string? ReadTimeZone(ActionReader action)
    {
        var zone = action.Members.Text("timeZone", 100);
        if (zone is not null && !action.IsTrusted && !Moments.IsTimeZone(zone))
        {
            action.Members.Refuse("timeZone", $"'{zone}' is not an IANA time zone such as Europe/Berlin.");
        }

        return zone;
    }
}
