using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Forms.Types;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>The receipt of a reviewer's response.</summary>
public sealed record Receipt(TaskView Task, HumanResponse Response, LiveState State, string Asks)
{
    /// <summary>The sender's branding.</summary>
    public Branding.Brand? Brand { get; init; }

    /// <summary>Returns the received answers in the order of the answered form. Empty for a rejection.</summary>
    public IReadOnlyList<GivenAnswer> Answers() => AnswersOf(Task.Question, Response);

    /// <summary>Whether the agent that asked is reviewing this response before it is final.</summary>
    public bool IsLookedAt => Task.State is TaskState.Reviewing reviewing && reviewing.ResponseId == Response.Id;

    /// <summary>Whether the task now asks something else.</summary>
    public bool HasFollowUp => Task.State.IsPending && Task.Question.CurrentRound.Number > Response.Round;

    public static IReadOnlyList<GivenAnswer> AnswersOf(Question question, HumanResponse response)
    {
        if (response.Rejects)
        {
            return [];
        }

        var form = Form.Read(question.Rounds.First(round => round.Number == response.Round).Form, question.TimeZone, Languages.Current);
        var visible = Visibility.Of(form, response.Values);
        return
        [
            .. form.Fields
                .Where(field => field.TakesInput && visible.Contains(field.Name))
                .Select(field => FieldFaces.Answer(field, response.Values[field.Name], question.Language)),
        ];
    }
}
