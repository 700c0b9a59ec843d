namespace HumanTasks.Core.Tasks;

public static class VerificationWords
{
    /// <summary>Returns the name in the API.</summary>
    public static string Word(this Verification verified) => verified switch
    {
        Verification.Link => "link",
        Verification.Code => "code",
        Verification.Session => "session",
        Verification.ApiKey => "apiKey",
        _ => throw new InvalidOperationException($"Unknown verification {verified}."),
    };
}
