using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HumanTasks.Web.Review.Visits;

/// <summary>The page of a form that an address names: <c>?step=2</c>.</summary>
/// <param name="Page">From 0; the summary follows the last one. Null for an address without it.</param>
/// <param name="IsOpening">Whether somebody opens the link, and does not go from page to page.</param>
internal sealed record FormStep(int? Page, bool IsOpening)
{
    private const string Name = "step";
    private const string Resume = "resume";
    private const string Problems = "problems";
    private const string RowsName = "rows";
    private const string True = "true";

    /// <summary>Whether what was wrong with the page stands on it.</summary>
    public bool HasProblems { get; init; }

    /// <summary>The button that just changed the rows of a table; null for none.</summary>
    public string? Rows { get; init; }

    public static FormStep Of(HttpRequest request)
    {
        int? page = int.TryParse(request.Query[Name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number - 1 : null;
        return new FormStep(page, page is null || request.Query.ContainsKey(Resume))
        {
            HasProblems = request.Query.ContainsKey(Problems),
            Rows = request.Query[RowsName],
        };
    }

    /// <summary>Returns the address of a page, from 0.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="page">The page.</param>
    /// <param name="hasProblems">Whether what was wrong with it stands on it.</param>
    /// <param name="rows">The button that just changed the rows of a table; null for none.</param>
    public static string AddressOf(HttpContext context, int page, bool hasProblems = false, string? rows = null)
    {
        List<KeyValuePair<string, string?>> parts = [new(Name, (page + 1).ToString(CultureInfo.InvariantCulture))];
        if (hasProblems)
        {
            parts.Add(new(Problems, True));
        }

        if (rows is not null)
        {
            parts.Add(new(RowsName, rows));
        }

        return QueryHelpers.AddQueryString(Visit.Of(context).Page, parts);
    }

    /// <summary>Returns whether a browser opens the link of a form whose pages have addresses of their own.</summary>
    public bool IsBefore(HttpRequest request, int pages) => pages > 0 && Page is null && HttpMethods.IsGet(request.Method) && Visitors.IsNavigation(request);

    /// <summary>Returns the address at which a form is shown that was opened by its link.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="left">The page that was left; null without a draft.</param>
    public static string Opening(HttpContext context, int? left) =>
        QueryHelpers.AddQueryString(AddressOf(context, left ?? 0), context.Request.Query
            .Where(parameter => parameter.Key is not (Name or Resume))
            .Concat(left is null ? [] : [KeyValuePair.Create(Resume, new StringValues(True))]));
}
