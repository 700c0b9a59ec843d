using System.Globalization;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>
/// The steps of a form before it is sent: another of its pages, or a row more or less. Each page has an address of its own, so
/// that a browser's way back leads to the page before: a script gives it the page that it gets, and a browser without scripts
/// is redirected to it. Where cookies are blocked what was typed travels in the form alone.
/// </summary>
internal sealed class FormSteps(FormAgain again, SentCheck check, Drafts.Drafts drafts)
{
    /// <summary>Returns the page that was wanted. Going forward requires valid answers.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, TaskView task, Sent sent)
    {
        var form = task.Question.Form();
        if (sent.Rows is { } wish)
        {
            return await ShowAsync(context, task, sent with { Typed = TypedRows.Changed(form, sent.Typed, wish) }, []);
        }

        if (sent.Go == "next" && sent.Page < form.Pages.Count)
        {
            var here = form.Pages[sent.Page].Fields;
            InputProblem[] problems = [.. check.ProblemsOf(form, sent).Where(problem => here.Contains(SentCheck.FieldOf(problem), StringComparer.Ordinal))];
            if (problems.Length > 0)
            {
                return await ShowAsync(context, task, sent, problems);
            }
        }

        var turned = sent with { Page = WantedOf(form, sent) };
        return await IsKeptAsync(context, task, turned, []) && WantsAddress(context.Request)
            ? new SeeOther(FormStep.AddressOf(context, turned.Page))
            : await again.ShowAsync(context, task, sent, new FormAgain.Why(StatusCodes.Status200OK) { Page = turned.Page });
    }

    /// <summary>
    /// Returns the same page with another row or with what is wrong. A script puts it in the place of the one that is shown. A
    /// browser without scripts comes to it by an address, or its way back would lead to a form that it had to send again.
    /// </summary>
    /// <param name="context">The request's context.</param>
    /// <param name="task">The task.</param>
    /// <param name="sent">What was typed.</param>
    /// <param name="problems">What is wrong with it.</param>
    public async Task<IResult> ShowAsync(HttpContext context, TaskView task, Sent sent, IReadOnlyList<InputProblem> problems)
    {
        var form = task.Question.Form();
        var here = sent with { Page = FormAgain.PageOf(form, problems, sent.Page), Files = check.GoodFilesOf(form, sent) };
        return await IsKeptAsync(context, task, here, problems)
            && form.Pages.Count > 0 && WantsAddress(context.Request)
            ? new SeeOther(FormStep.AddressOf(context, here.Page, problems.Count > 0, sent.Rows))
            : await again.ShowAsync(
                context, task, sent, new FormAgain.Why(problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
                {
                    Problems = problems,
                    Page = here.Page,
                });
    }

    /// <summary>Returns whether a browser that keeps cookies would show the response in its window.</summary>
    private static bool WantsAddress(HttpRequest request) => Visitors.IsNavigation(request) && BrowserSecurity.KeepsCookies(request);

    /// <summary>Keeps what was typed; returns whether the same browser finds it again.</summary>
    private async Task<bool> IsKeptAsync(HttpContext context, TaskView task, Sent sent, IReadOnlyList<InputProblem> problems)
    {
        if (!Visit.Of(context).HasDrafts || !Drafts.Drafts.Finds(context, task))
        {
            return false;
        }

        try
        {
            await drafts.SaveAsync(context, task, sent, problems);
        }
        catch (StorageUnavailableException)
        {
            return false; // it still travels in the form
        }

        Drafts.Drafts.Mark(context, task);
        return true;
    }

    private static int WantedOf(Form form, Sent sent)
    {
        var visible = Visibility.Of(form, sent.Values);
        return sent.Go switch
        {
            "next" => Step(form, visible, sent.Page, 1),
            "back" => Step(form, visible, sent.Page, -1),
            var number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, form.Pages.Count) : 0,
        };
    }

    /// <summary>Returns the next page in a direction that has visible fields.</summary>
    private static int Step(Form form, IReadOnlySet<string> visible, int page, int by)
    {
        do
        {
            page += by;
        }
        while (page > 0 && page < form.Pages.Count && !form.Pages[page].Fields.Any(visible.Contains));
        return Math.Clamp(page, 0, form.Pages.Count);
    }
}
