namespace HumanTasks.Tests.Hosting;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root, or null where the tests run elsewhere.</summary>
    public static string? Root { get; } = Find(AppContext.BaseDirectory);

    public static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(Root!, path));

    /// <summary>The folder into which a project was built together with these tests.</summary>
    public static string OutputOf(string project) => Path.Combine(
        Root!, project, Path.GetRelativePath(Root!, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar, 2)[1]);

    private static string? Find(string? folder) =>
        folder is null || File.Exists(Path.Combine(folder, "HumanTasks.sln")) ? folder : Find(Path.GetDirectoryName(folder));
}
