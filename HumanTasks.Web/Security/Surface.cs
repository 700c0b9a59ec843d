namespace HumanTasks.Web.Security;

/// <summary>
/// The part of the product that an endpoint belongs to. Rules that differ between parts use this, never the text of a
/// path: routing ignores a path's letter case, and a comparison of its text does not.
/// </summary>
internal enum Surface
{
    /// <summary>Assets, health and whatever else is public; also a request that matched no endpoint.</summary>
    Open,

    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>MCP, for programs with an API key.</summary>
    Tools,

    /// <summary>The pages of members.</summary>
    Studio,

    /// <summary>The sign-in pages of members.</summary>
    SignIn,

    /// <summary>A public review link.</summary>
    Review,

    /// <summary>A secure link, which verifies who opens it.</summary>
    SecureLink,
}
