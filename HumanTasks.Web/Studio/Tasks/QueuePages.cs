using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The list of tasks, its export and the lists that members saved.</summary>
internal static class QueuePages
{
    private const string Remembered = "ht-tasks";
    private const int MaxRemembered = 1500;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(180);

    public static void MapQueuePages(this RouteGroupBuilder tasks)
    {
        tasks.MapMethods("", ["GET", "HEAD"], ListAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/export.csv", ["GET", "HEAD"], Export).RequireAuthorization(Scopes.Tasks);
        tasks.MapPost("/views", SaveAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/views/delete", DeleteAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, QueueReader reader, Members members, SavedViews views, RuleSetNames ruleSets)
    {
        var isChosen = context.Request.Query.Count > 0;
        if (!isChosen && context.Request.Cookies[Remembered] is { Length: > 0 and <= MaxRemembered } before && before[0] == '?')
        {
            return new SeeOther(TaskPages.ListPath(context) + TaskFilter.Read(before).ToQueryString());
        }

        var filter = isChosen ? TaskFilter.Read(context.Request.Query) : await reader.FirstAsync(context);
        var queue = await reader.ReadAsync(context, filter) with { IsSelected = context.Request.Query["select"] == "page" };
        if (isChosen)
        {
            Remember(context, filter);
        }

        var environment = context.User.EnvironmentId();
        var saved = await views.ListAsync(context.User.MemberAddress()!, environment, context.RequestAborted);
        return Workspace.Page<TaskListPage>(
            context,
            $"{queue.State}\n{string.Join('\n', saved)}",
            (nameof(TaskListPage.Queue), queue),
            (nameof(TaskListPage.Members), members.In(environment)),
            (nameof(TaskListPage.Views), saved),
            (nameof(TaskListPage.RuleSets), await ruleSets.OfAsync(environment, context.RequestAborted)));
    }

    private static IResult Export(HttpContext context, QueueReader reader)
    {
        var filter = TaskFilter.Read(context.Request.Query);
        var columns = QueueColumn.Of([], filter.Columns);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            output => QueueCsv.WriteAsync(output, columns, reader.AllAsync(context, filter), context.RequestAborted), "text/csv; charset=utf-8", "tasks.csv");
    }

    private static async Task<IResult> SaveAsync(HttpContext context, SavedViews views)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString().Trim();
        if (name.Length is 0 or > SavedViews.MaxName || name.Any(char.IsControl))
        {
            return Workspace.Say(context, StatusCodes.Status422UnprocessableEntity, "NothingChanged", "EnterViewName");
        }

        var query = TaskFilter.Read(form["query"].ToString()).At(QueuePlace.First).ToQueryString();
        return await views.SaveAsync(context.User.MemberAddress()!, context.User.EnvironmentId(), new SavedView(name, query), context.RequestAborted)
            ? new SeeOther(TaskPages.ListPath(context) + query)
            : Workspace.Say(context, StatusCodes.Status422UnprocessableEntity, "NothingChanged", "TooManyViews");
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, SavedViews views)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await views.DeleteAsync(context.User.MemberAddress()!, context.User.EnvironmentId(), form["name"].ToString(), context.RequestAborted);
        return new SeeOther(TaskPages.ListPath(context) + TaskFilter.Read(form["query"].ToString()).ToQueryString());
    }

    private static void Remember(HttpContext context, TaskFilter filter)
    {
        if (filter.At(QueuePlace.First).ToQueryString() is { Length: <= MaxRemembered } query)
        {
            context.Response.Cookies.Append(Remembered, query, new CookieOptions
            {
                HttpOnly = true,
                MaxAge = RememberedFor,
                Path = TaskPages.ListPath(context),
                SameSite = SameSiteMode.Lax,
            });
        }
    }
}
