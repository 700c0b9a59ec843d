using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Forms;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>What a reviewer has in hand after answering.</summary>
public sealed record Receipt(HumanTask Task, HumanResponse Response, LiveState State, string Asks)
{
    /// <summary>
    /// What was received: labels and values in the order of the form that was answered, null for what was asked and not
    /// given. Nothing for a rejection.
    /// </summary>
    public IReadOnlyList<(string Label, string? Value)> Answers()
    {
        if (Response.Rejects)
        {
            return [];
        }

        var form = Form.Read(Task.Rounds.First(round => round.Number == Response.Round).Form, Task.TimeZone);
        var visible = Visibility.Of(form, Response.Values);
        return
        [
            .. form.Fields
                .Where(field => visible.Contains(field.Name))
                .Select(field => (field.Label, Response.Values.ContainsKey(field.Name)
                    ? Shown.Value(field, Response.Values[field.Name])
                    : null)),
        ];
    }
}
