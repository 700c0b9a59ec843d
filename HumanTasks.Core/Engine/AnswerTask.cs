using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Somebody responds with values of the form.</summary>
/// <param name="Submission">Who responds, and as what.</param>
/// <param name="ResponseId">The ID of the response, if it is accepted.</param>
/// <param name="Values">The values as they were sent.</param>
/// <param name="Context">The run's context now, for conditions of fields; null if the form has none.</param>
internal sealed record AnswerTask(Submission Submission, string ResponseId, JsonObject Values, JsonObject? Context)
    : RespondToTask(Submission, ResponseId)
{
    private protected override Decision Respond(TaskView view, DateTimeOffset at) =>
        FormInput.Check(view.Question.Form(), Taken(view.Question.Form()), Submission.MaxFileBytes, Context) switch
        {
            FormInput.Valid valid => Accepted(view, Response(view, at, valid.Values)),
            FormInput.Invalid invalid => new Decision.Refuse(new Verdict.InvalidInput(view, invalid.Problems)),
            _ => throw new InvalidOperationException("Unknown outcome of a check."),
        };

    /// <summary>The values, of which none is a file where no file can be uploaded.</summary>
    private JsonObject Taken(Form form)
    {
        string[] claimed = Submission.TakesFiles
            ? []
            : [.. form.Fields.OfType<Field.File>().Select(field => field.Name).Where(name => !FormInput.IsEmpty(Values[name]))];
        if (claimed.Length == 0)
        {
            return Values;
        }

        var taken = Values.DeepClone().AsObject();
        foreach (var name in claimed)
        {
            taken[name] = false;
        }

        return taken;
    }
}
