using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Architecture;

/// <summary>A file holds one type or one job: it is read whole, without scrolling far.</summary>
public sealed class LengthsOfFiles
{
    private const int Longest = 300;

    private const int Median = 60;

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Assert.Empty(Files().Where(static file => file.Lines > Longest).Select(static file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Half_of_the_files_are_shorter_than_60_lines()
    {
        var lines = Files().Select(static file => file.Lines).Order().ToArray();

        Assert.InRange(lines[lines.Length / 2], 1, Median - 1);
    }

    private static IEnumerable<(string Path, int Lines)> Files() =>
        from path in Directory.EnumerateFiles(Repository.Root!, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Repository.Root!, path).Replace('\\', '/')
        where !relative.StartsWith('.') && !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        select (relative, File.ReadLines(path).Count());
}
