namespace HumanTasks.Standalone.Pages;

/// <summary>A printed address that signs in once, and the token of the form that does.</summary>
/// <param name="Link">The link, without its path.</param>
/// <param name="Address">Whom it signs in.</param>
/// <param name="Token">The antiforgery token of the form.</param>
public sealed record StartLink(string Link, string Address, string Token);
