using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Search;

/// <summary>The page of the search over everything.</summary>
internal static class SearchPages
{
    public static void MapSearchPages(this RouteGroupBuilder studio) =>
        studio.MapMethods("/search", ["GET", "HEAD"], FindAsync);

    private static async Task<IResult> FindAsync(HttpContext context, StudioSearch search)
    {
        var text = Workspace.Text(context.Request.Query["q"])?.Trim() is { Length: > 0 and <= StudioSearch.MaxText } given ? given : null;
        return Workspace.Page<SearchPage>(
            context,
            null,
            (nameof(SearchPage.Text), text),
            (nameof(SearchPage.Found), text is null ? [] : await search.FindAsync(context, text)));
    }
}
