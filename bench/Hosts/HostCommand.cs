using System.Net;

namespace HumanTasks.Bench.Hosts;

/// <summary>The command that starts a host, without its address.</summary>
internal sealed record HostCommand(
    string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    public static HostCommand Bare { get; } = new(
        System.Environment.ProcessPath!,
        IsDotnet(System.Environment.ProcessPath!) ? [typeof(HostCommand).Assembly.Location, "bare"] : ["bare"],
        new Dictionary<string, string>());

    /// <summary>Returns the command of a new user, in a folder of the source.</summary>
    public static HostCommand Run(string folder) => new(
        "dotnet",
        ["run", "-c", "Release", "--project", Path.Combine(folder, HostBuild.Project), "--"],
        new Dictionary<string, string>());

    /// <summary>Returns the executable beside the assembly if there is one, else `dotnet` with the assembly.</summary>
    public static HostCommand Of(string assembly, IReadOnlyDictionary<string, string> environment)
    {
        var executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);

        return File.Exists(executable)
            ? new HostCommand(executable, [], environment)
            : new HostCommand("dotnet", [assembly], environment);
    }

    public HostCommand WithDataFolder(string folder) => With("HumanTasks__DataFolder", folder);

    public HostCommand With(string variable, string value) => this with
    {
        Environment = new Dictionary<string, string>(Environment) { [variable] = value },
    };

    public IEnumerable<string> ArgumentsAt(IPEndPoint endpoint) => [.. Arguments, "--urls", $"http://{endpoint}"];

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
