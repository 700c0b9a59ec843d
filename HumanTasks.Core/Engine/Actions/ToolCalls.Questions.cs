using System.Text.Json;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

internal sealed partial class ToolCalls
{
    private void Create(AgentPart.Call call, JsonElement arguments)
    {
        var problems = new Problems { Literal = true };
        var question = AgentQuestion.Read(arguments, followUp: false, problems);
        var assignee = question is null ? null : AssigneeOf(question, problems);
        if (question is null || assignee is null)
        {
            Refuse(call, problems);
            return;
        }

        if (OutOfRounds(call))
        {
            return;
        }

        Settle();
        var number = draft.Agent!.Tasks + 1;
        var name = AgentAction.TaskName(action, number);
        var (dueAt, expiresAt) = Times(question, null);
        var made = NewTask.In(draft).Make(
            name,
            TaskKind.HumanTask,
            question.Title!,
            question.Form,
            new Asked.One(new Seat(0, assignee), Uses.Once),
            new Schedule(expiresAt) { DueAt = dueAt });
        made = TaskNotices.Marked(draft.Now, made with
        {
            Question = made.Question with
            {
                Description = question.Description,
                TimeZone = environment.TimeZone,
                LinkHosts = action.AllowedHosts,
            },
            Rights = new Rights { AllowReject = question.AllowReject, Review = action.Review },
        });
        draft.Agent = draft.Agent with { Tasks = number };
        draft.Log(RunEvent.TaskCreated, made.Id);
        Ask(call, made, NoticeKind.Assigned, draft.Now);
    }

    private void FollowUp(AgentPart.Call call, JsonElement arguments)
    {
        var problems = new Problems { Literal = true };
        if (task is not { State: TaskState.Completed or TaskState.Reviewing })
        {
            Refuse(call, task is null
                ? "No task yet. Call create_human_task first."
                : $"The task has no response (status: {task.State.Status.ToString().ToLowerInvariant()}). Call create_human_task again.");
            return;
        }

        if (AgentQuestion.Read(arguments, followUp: true, problems) is not { } question)
        {
            Refuse(call, problems);
            return;
        }

        if (OutOfRounds(call))
        {
            return;
        }

        var (dueAt, expiresAt) = Times(question, task);
        var answered = (task.State as TaskState.Reviewing)?.Since;
        var open = task.Changed(draft.Now, TaskEventKind.FollowUp) with
        {
            Question = task.Question with
            {
                Title = question.Title ?? task.Question.Title,
                Description = question.Description,
                Rounds = [.. task.Question.Rounds, new TaskRound(task.Question.Rounds.Count + 1, draft.Now, question.Form)],
            },
            State = new TaskState.Pending(),
            Asked = task.Asked with { Uses = task.Asked.Uses with { Max = task.Asked.Uses.Count + 1 } },
            Schedule = task.Schedule with { DueAt = dueAt, ExpiresAt = expiresAt },
        };
        draft.Log(RunEvent.TaskReopened, open.Id);
        Ask(call, open, NoticeKind.FollowUp, answered is { } since && draft.Now - since < AtThePage ? since + AtThePage : draft.Now);
    }

    private void Close(AgentPart.Call call, JsonElement arguments)
    {
        var problems = new Problems { Literal = true };
        var (outcome, note) = ("", (string?)null);
        if (ObjectReader.Open(arguments, "", problems) is { } members)
        {
            (outcome, note) = (members.RequiredText(AgentTools.Outcome), members.Text(AgentTools.Note));
            members.Finish(AgentTools.CloseShape);
        }

        if (problems.Count > 0)
        {
            Refuse(call, problems);
        }
        else if (task is null)
        {
            Refuse(call, "No task to close. Call create_human_task first.");
        }
        else
        {
            var closed = task.State is TaskState.Reviewing ? AgentAction.Final(draft, task).AtVersion(task.History.Version) : task;
            var said = note is null ? outcome : $"{outcome}: {note}";
            draft.Put(closed.Changed(draft.Now, TaskEventKind.Closed, detail: said));
            draft.Log(RunEvent.TaskClosed, said);
            task = null;
            Told.Add(ToolResults.Closed(call));
            DidAnything = true;
        }
    }
}
