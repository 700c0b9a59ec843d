using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>The page to return to after sign-in: always one of ours, whatever a request asks for.</summary>
public static class ReturnAddress
{
    private const string Studio = "/studio";

    private const int MaxLength = 1000;

    /// <summary>Returns the address of the Studio's first page.</summary>
    public static string Home(HttpRequest request) => request.PathBase + Studio;

    public static string Safe(HttpRequest request, string? address)
    {
        var prefix = request.PathBase.Value ?? "";
        return address is { Length: > 0 and <= MaxLength }
            && address.StartsWith($"{prefix}/", StringComparison.Ordinal) && IsOurs(address[prefix.Length..])
                ? address
                : Home(request);
    }

    private static bool IsOurs(string path) =>
        (path == Studio || path.StartsWith("/studio/", StringComparison.Ordinal) || path.StartsWith("/task/", StringComparison.Ordinal))
        && !path.StartsWith(SessionAuthentication.SignInPath, StringComparison.Ordinal)
        && path.All(character => character is > ' ' and < '\u007f' and not '\\');
}
