using System.Globalization;

namespace HumanTasks.Bench;

internal sealed record Options
{
    public const string Usage = """
        dotnet run -c Release --project bench [-- options]

          --scenarios LIST   of start, cycles, pending, lists, reads, expiry, page, others   (all of them)
          --clients LIST     clients of the cycles scenario     (1,16,64)
          --seconds N        measured, for each load            (10)
          --warmup N         seconds before each measurement    (3)
          --starts N         starts of each kind                (5)
          --pending LIST     runs that are left paused          (100000)
          --tasks N          tasks that lists choose from       (1000000)
          --expiring N       links that expire                  (100000)
          --limit N          minutes for making them, at most   (30)
          --host FILE        HumanTasks.Standalone.dll          (published here, in Release)
          --data FOLDER      where data folders are made        (the temporary folder)
          --env NAME=VALUE   set for the host; may be repeated
          --json FILE        keeps the raw figures
        """;

    private static IReadOnlyList<string> AllScenarios { get; } =
        ["start", "cycles", "pending", "lists", "reads", "expiry", "page", "others"];

    public IReadOnlyList<string> Scenarios { get; init; } = AllScenarios;

    public IReadOnlyList<int> Clients { get; init; } = [1, 16, 64];

    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    public int Starts { get; init; } = 5;

    public IReadOnlyList<int> Pending { get; init; } = [100_000];

    public int Tasks { get; init; } = 1_000_000;

    public int Expiring { get; init; } = 100_000;

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(30);

    public string? Host { get; init; }

    public string Data { get; init; } = Path.GetTempPath();

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Json { get; init; }

    /// <summary>Parses the command line; returns null when it is invalid.</summary>
    public static Options? Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 != 0)
        {
            return null;
        }

        try
        {
            return args.Chunk(2).Aggregate(new Options(), (options, pair) => options.With(pair[0], pair[1]));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private Options With(string name, string value) => name switch
    {
        "--scenarios" => this with { Scenarios = [.. value.Split(',').Select(Scenario)] },
        "--clients" => this with { Clients = [.. value.Split(',').Select(Count)] },
        "--seconds" => this with { Measured = TimeSpan.FromSeconds(Count(value)) },
        "--warmup" => this with { WarmUp = TimeSpan.FromSeconds(Count(value)) },
        "--starts" => this with { Starts = Count(value) },
        "--pending" => this with { Pending = [.. value.Split(',').Select(Count)] },
        "--tasks" => this with { Tasks = Count(value) },
        "--expiring" => this with { Expiring = Count(value) },
        "--limit" => this with { Limit = TimeSpan.FromMinutes(Count(value)) },
        "--host" => this with { Host = Path.GetFullPath(value) },
        "--data" => this with { Data = Path.GetFullPath(value) },
        "--env" => this with
        {
            Environment = new Dictionary<string, string>(Environment) { [Part(value, 0)] = Part(value, 1) },
        },
        "--json" => this with { Json = value },
        _ => throw new FormatException(),
    };

    private static string Scenario(string value) => AllScenarios.Contains(value)
        ? value
        : throw new FormatException();

    private static int Count(string value) =>
        int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) is > 0 and var count
            ? count
            : throw new FormatException();

    private static string Part(string value, int index) => value.Split('=', 2) is { Length: 2 } parts
        ? parts[index]
        : throw new FormatException();
}
