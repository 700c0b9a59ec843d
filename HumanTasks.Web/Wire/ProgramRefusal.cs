using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Wire;

/// <summary>The API's refusal of a call about a human task.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Slug">The slug of the problem's type.</param>
/// <param name="Title">The problem's title.</param>
/// <param name="Detail">What happened and what to do now, for a developer.</param>
internal sealed record ProgramRefusal(int Status, string Slug, string Title, Func<Verdict.Refused, string> Detail)
{
    /// <summary>Returns the problem details.</summary>
    public ProblemHttpResult Of(Verdict.Refused refused) => refused switch
    {
        Verdict.InvalidInput invalid => ApiProblem.InvalidFormInput(invalid.Problems, invalid.View.CorrelationId),
        _ => ApiProblem.Of(Status, Slug, Title, Detail(refused), refused.About?.CorrelationId),
    };
}
