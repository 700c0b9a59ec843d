using System.Diagnostics;
using System.Reflection.PortableExecutable;

namespace HumanTasks.Bench.Hosts;

/// <summary>The host's assembly, published as its project says.</summary>
internal static class HostBuild
{
    public const string Project = "HumanTasks.Standalone";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<string> PublishAsync(string folder, TextWriter progress)
    {
        var root = Folder();
        await progress.WriteLineAsync($"dotnet publish {Project} -c Release");

        var start = new ProcessStartInfo("dotnet", ["publish", Project, "-c", "Release", "-o", folder, "--nologo"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };

        using var publish = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        using var stop = limit.Token.Register(() => publish.Kill(entireProcessTree: true));
        var output = await publish.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await publish.WaitForExitAsync(CancellationToken.None);

        return publish.ExitCode == 0
            ? Path.Combine(folder, $"{Project}.dll")
            : throw new InvalidOperationException($"dotnet publish failed.\n{output}");
    }

    public static bool IsReadyToRun(string assembly)
    {
        using var stream = File.OpenRead(assembly);
        using var image = new PEReader(stream);
        return image.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }

    /// <summary>Returns the source folder with the host's project.</summary>
    public static string Folder() =>
        Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Project, $"{Project}.csproj")))
        ?? throw new DirectoryNotFoundException($"There is no {Project} to publish; give --host.");

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
