using System.Diagnostics;
using OpenTelemetry;

namespace HumanTasks.Web.Configuration;

/// <summary>
/// Replaces the path in request spans with the route: <c>/review/{token}</c>. This needs no knowledge of what a secret
/// looks like in any case or encoding. Without a matching route the path is removed.
/// </summary>
internal sealed class RoutesOnly : BaseProcessor<Activity>
{
    private const string Route = "http.route";
    private const string Method = "http.request.method";

    private static readonly string[] Paths = ["url.path", "url.full", "http.target", "http.url"];
    private static readonly string[] Queries = ["url.query", "http.query"];

    public override void OnEnd(Activity data)
    {
        var route = data.GetTagItem(Route) as string;
        foreach (var tag in Paths)
        {
            if (data.GetTagItem(tag) is not null)
            {
                data.SetTag(tag, route);
            }
        }

        foreach (var tag in Queries)
        {
            data.SetTag(tag, null);
        }

        if (data.Kind == ActivityKind.Server && data.GetTagItem(Method) is string method)
        {
            data.DisplayName = route is null ? method : $"{method} {route}";
        }
    }
}
