using HumanTasks.Tests.Runs;

namespace HumanTasks.Tests.Storage.Corpus;

/// <summary>
/// Writes what this build stores of every state, for the builds that come after it: with HUMANTASKS_CORPUS set to a folder, and
/// not otherwise.
/// </summary>
public sealed class WritingACorpus
{
    private static string? Folder => Environment.GetEnvironmentVariable("HUMANTASKS_CORPUS");

    [Fact]
    public async Task Writes_a_database_with_runs_of_every_state()
    {
        if (Folder is not { Length: > 0 } folder)
        {
            return;
        }

        using var harness = new EngineHarness();
        await new RunsOfEveryState(harness, harness.Store).MakeAsync();
        harness.Copy(Path.Combine(folder, "corpus.db"));
    }
}
