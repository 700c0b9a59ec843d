using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// The command <c>verify FILE… --jwks FILE</c>: checks receipts without a host or network. The exit code is 0 when
/// everything is genuine, 1 when something is not (one line names it), and 2 when a newer build created it.
/// </summary>
internal static class ReceiptCheck
{
    private const string Usage =
        "Usage: verify FILE... --jwks FILE. Download the keys from /.well-known/jwks.json.";

    private const int MostProblems = 20;

    public static async Task<int> RunAsync(string[] args, string standing)
    {
        var (code, lines) = Check(args, standing);
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
        return code;
    }

    /// <exception cref="OperatorException">The arguments or files cannot be checked at all.</exception>
    public static (int Code, IReadOnlyList<string> Lines) Check(string[] args, string standing)
    {
        var (files, jwks) = Arguments(args);
        var keys = KeySet.Read(GivenFile.Read(Path.GetFullPath(jwks, standing), jwks));
        GivenText[] given = [.. files.SelectMany(file => GivenFile.Texts(Path.GetFullPath(file, standing), file))];
        CheckedText[] texts = [.. given.Select(text => CheckedText.Of(text, keys))];

        string[] refused = [.. given.Zip(texts).Where(pair => pair.Second is CheckedText.Refused)
            .Select(pair => $"{pair.First.Where}: {((CheckedText.Refused)pair.Second).Problem}")];
        if (refused.Length > 0)
        {
            return (1, [OutOfOrder(refused)]);
        }

        if (given.Zip(texts).FirstOrDefault(pair => pair.Second is CheckedText.Newer) is (var newer, CheckedText.Newer version))
        {
            return (2, [$"{newer.Where}: it has version {version.Version}, and this build knows versions up to "
                + $"{Core.Receipts.ReceiptSigner.Version}. Nothing was checked but signatures; use a newer build."]);
        }

        var heads = texts.OfType<CheckedText.Head>().ToLookup(head => head.RunId, StringComparer.Ordinal);
        var receipts = texts.OfType<CheckedText.Receipt>().ToLookup(receipt => receipt.RunId, StringComparer.Ordinal);
        ChainCheck[] chains = [.. receipts.Select(run => run.Key).Union(heads.Select(run => run.Key), StringComparer.Ordinal)
            .Select(run => new ChainCheck(run, [.. receipts[run]], [.. heads[run]]))];
        string[] problems = [.. chains.SelectMany(chain => chain.Problems())];
        return problems.Length > 0 ? (1, [OutOfOrder(problems)])
            : receipts.Count == 0 ? (1, ["There are heads here and no receipts."])
            : (0, [.. given.Zip(texts, Line), Whole(chains)]);
    }

    private static string Line(GivenText given, CheckedText text) => text switch
    {
        CheckedText.Receipt receipt => $"{given.Where}: {receipt.Line}",
        CheckedText.Head head => $"{given.Where}: {head.Line}",
        _ => throw new InvalidOperationException("What was refused is not genuine."),
    };

    private static string OutOfOrder(string[] problems) => "Not everything is in order: "
        + string.Join("; ", problems.Take(MostProblems))
        + (problems.Length > MostProblems ? $"; and {problems.Length - MostProblems} more." : ".");

    private static string Whole(ChainCheck[] chains)
    {
        string[] open = [.. chains.Select(chain => chain.Unchecked()).OfType<string>()];
        return open.Length == 0
            ? "All receipts are genuine and their chains are complete."
            : $"All receipts are genuine and their chains are complete as far as they were given. Not checked: {string.Join("; ", open)}.";
    }

    private static (IReadOnlyList<string> Files, string Keys) Arguments(string[] args)
    {
        List<string> files = [];
        string? keys = null;
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            if (arg == "--called-from")
            {
                i++;
            }
            else if (arg == "--jwks" || arg.StartsWith("--jwks=", StringComparison.Ordinal))
            {
                var named = arg.Length > "--jwks".Length ? arg["--jwks=".Length..] : ++i < args.Length ? args[i] : "";
                keys = keys is null && named.Length > 0 ? named : throw new OperatorException($"--jwks names one file. {Usage}");
            }
            else
            {
                files.Add(arg.StartsWith('-') || arg.Length == 0 ? throw new OperatorException($"verify does not know '{Printable.Of(arg)}'. {Usage}") : arg);
            }
        }

        return files.Count > 0 && keys is not null ? (files, keys) : throw new OperatorException(Usage);
    }
}
