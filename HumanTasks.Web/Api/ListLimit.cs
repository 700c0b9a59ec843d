using System.Globalization;
using HumanTasks.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>The query parameter <c>?limit=</c>, from 1 to 200.</summary>
public static class ListLimit
{
    public const int Max = 200;

    /// <summary>Returns the limit, 50 without one, or null when it is invalid.</summary>
    public static int? Read(string? text) =>
        text is null ? 50
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Max ? limit
        : null;

    public static IResult Refusal() => ApiProblem.InvalidQuery("limit", $"'limit' must be an integer from 1 to {Max}.");
}
