using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <param name="Rejects">Whether the default response is a rejection.</param>
/// <param name="Values">The values for the form.</param>
/// <param name="Reason">The reason as text; null for none.</param>
public sealed record DefaultRequest(bool Rejects, ValueTemplate Values, Template? Reason)
{
    private const string Rejected = "rejected";
    private const string Completed = "completed";

    private static readonly WordMember OutcomeMember = new("outcome", Completed, Rejected) { Says = "Default completed." };
    private static readonly ObjectMember ValuesMember = new("values") { Says = "Field name to value. Texts may have templates." };
    private static readonly TextMember ReasonMember = new("reason");

    internal static readonly Shape Shape = new("DefaultResponse", OutcomeMember, ValuesMember, ReasonMember)
    {
        Says = "The response that counts when nobody responds in time.",
    };

    internal static DefaultRequest? Read(ActionReader action, Form form)
    {
        if (action.Members.Object(TimingRequest.DefaultMember) is not { } reader)
        {
            return null;
        }

        var rejects = reader.OneOf(OutcomeMember) == Rejected;
        var reason = reader.Any(ReasonMember) is null ? null : action.Template(reader, ReasonMember);
        var values = new ValueTemplate.Members([]) as ValueTemplate;
        if (reader.Object(ValuesMember) is { } given)
        {
            values = ValueTemplate.Parse(given.Element.Clone(), reader.At(ValuesMember), action.Problems);
            action.Keep(reader.At(ValuesMember), values.Paths);
            if (rejects)
            {
                reader.Refuse(ValuesMember, "A default of 'rejected' can't have 'values'.");
            }
            else if (!action.IsTrusted && !values.HasTemplates && !form.HasTemplates)
            {
                Check(reader, form, given.Element);
            }
        }
        else if (!rejects && !action.IsTrusted && !form.HasTemplates)
        {
            Check(reader, form, JsonElement.Parse("{}"));
        }

        action.Keep(reader.At(ReasonMember), reason?.Paths ?? []);
        if (action.Members.Any(TimingRequest.ExpiresInHours) is null && !action.IsTrusted)
        {
            action.Members.Refuse(TimingRequest.DefaultMember, "'default' requires 'expiresInHours'.");
        }

        reader.Finish(Shape);
        return new DefaultRequest(rejects, values, reason);
    }

    /// <summary>Checks the default response by the same rules as a response from a person.</summary>
    private static void Check(ObjectReader reader, Form form, JsonElement values)
    {
        if (form.Fields.Count > 0
            && FormInput.Check(form, System.Text.Json.Nodes.JsonObject.Create(values)!, long.MaxValue) is FormInput.Invalid invalid)
        {
            foreach (var problem in invalid.Problems)
            {
                reader.Problems.Add(reader.Pointer + problem.Pointer, problem.Message);
            }
        }
    }
}
