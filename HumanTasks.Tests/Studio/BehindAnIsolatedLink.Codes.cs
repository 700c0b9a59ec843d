using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

public partial class BehindAnIsolatedLink
{
    [OwnHostFact]
    public async Task A_code_is_good_once_and_for_its_own_task()
    {
        var who = $"{Steps.Unique("once")}@example.com";
        var (first, _) = await AskAsync(who);
        var (second, _) = await AskAsync(who);
        (await Anybody.PostAsync($"{first.Path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who, first.CorrelationId);

        (await VerifyAsync(second, code)).IsProblem(410, "code-expired");
        (await VerifyAsync(first, code)).Is(204);
        (await VerifyAsync(first, code)).IsProblem(410, "code-expired");
    }

    [OwnHostFact]
    public async Task Guessing_ends_after_five_tries_however_many_guess_at_once()
    {
        var (asked, who) = await AskAsync();
        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);
        var code = await Anybody.CodeAsync(who);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => VerifyAsync(asked, Wrong(code))));

        Assert.Equal(5, guesses.Count(guess => guess.Status == 422));
        Assert.All(guesses.Where(guess => guess.Status != 422), guess => guess.IsProblem(429, "too-many-tries"));
        var late = (await VerifyAsync(asked, code)).IsProblem(429, "too-many-tries");
        Assert.True(int.Parse(late.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 60);
        (await Anybody.PostAsync($"{asked.Path}/code")).IsProblem(429, "too-many-tries");
    }

    [OwnHostFact]
    public async Task Another_code_must_be_waited_for()
    {
        var (asked, _) = await AskAsync();
        (await Anybody.PostAsync($"{asked.Path}/code")).Is(202);

        var refused = (await Anybody.PostAsync($"{asked.Path}/code")).IsProblem(429, "too-many-requests");

        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 20, 30);
    }
}
