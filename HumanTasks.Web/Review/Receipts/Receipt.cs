using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Forms;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>What a reviewer has in hand after answering.</summary>
public sealed record Receipt(HumanTask Task, HumanResponse Response, LiveState State, string Asks)
{
    /// <summary>What was received: labels and values in the order of the form that was answered.</summary>
    public IReadOnlyList<(string Label, string Value)> Answers() =>
    [
        .. Form.Read(Task.Rounds.First(round => round.Number == Response.Round).Form).Fields
            .Where(field => Response.Values.ContainsKey(field.Name))
            .Select(field => (field.Label, Shown.Value(field, Response.Values[field.Name]))),
    ];
}
