using Microsoft.Extensions.AI;

namespace HumanTasks.Tests.Runs;

internal static class Answers
{
    public static ChatResponse With(this ChatResponse answer, ChatFinishReason reason)
    {
        answer.FinishReason = reason;
        return answer;
    }
}
