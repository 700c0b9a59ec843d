using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>Tells whether the client of a review link is a program or a browser.</summary>
public static class ReviewNegotiation
{
    /// <summary>Returns whether HTML is accepted by name, and JSON is not preferred.</summary>
    public static bool WantsHtml(this HttpRequest request) =>
        !request.WantsJson() && request.GetTypedHeaders().Accept.Any(static range => IsHtml(range) && range.Quality is null or > 0);

    /// <summary>
    /// Returns true when JSON is accepted and HTML is not preferred; a client that sends JSON and names neither gets
    /// JSON.
    /// </summary>
    public static bool WantsJson(this HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var json = 0d;
        var html = 0d;
        foreach (var range in accepted)
        {
            var quality = range.Quality ?? 1;
            if (range.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || range.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
            else if (IsHtml(range))
            {
                html = Math.Max(html, quality);
            }
        }

        return json > 0 || html > 0 ? json > 0 && json >= html : request.HasJsonContentType();
    }

    private static bool IsHtml(MediaTypeHeaderValue range) =>
        range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)
        || range.MediaType.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
}
