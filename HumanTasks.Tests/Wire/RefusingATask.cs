using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Tests.Storage;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Tests.Wire;

/// <summary>The table of refusals: each case has its words and its status for links, for the API and for the Studio.</summary>
public class RefusingATask
{
    private static readonly TaskView Task = TaskView.Of(Sample.Task(Sample.Run()));

    private static readonly Verdict.Refused[] All =
    [
        new Verdict.Unknown(),
        new Verdict.NotReady(),
        new Verdict.Expired(null),
        new Verdict.Expired(Task),
        new Verdict.Expired(Task) { IsReplaced = true },
        new Verdict.Expired(Task) { HandedOn = true },
        new Verdict.Expired(Task) { IsCancelled = true },
        new Verdict.UsedUp(Task),
        new Verdict.UnderReview(Task),
        new Verdict.OtherRound(Task),
        new Verdict.Claimed(Task, "ann@example.com"),
        new Verdict.NotTheirs(Task),
        new Verdict.SamePerson(Task),
        new Verdict.NotAllowed(Task, "Not this address."),
        new Verdict.RejectNotAllowed(Task),
        new Verdict.InvalidInput(Task, [new InputProblem("ok", "/values/ok", "Choose an option.")]),
        new Verdict.KeyReused(Task),
        new Verdict.NoAssignee(Task),
        new Verdict.NoAddress(Task),
        new Verdict.TooManyReminders(Task, TimeSpan.FromMinutes(12)),
        new Verdict.TooManyComments(Task, 100),
    ];

    /// <summary>Status and slug of a case by its link and by the API, as <c>http-api.md</c> has them.</summary>
    private static readonly Dictionary<Type, (string Link, string Api)> Contract = new()
    {
        [typeof(Verdict.Unknown)] = ("404 link-not-found", "404 not-found"),
        [typeof(Verdict.NotReady)] = ("425 link-not-ready", "404 not-found"),
        [typeof(Verdict.Expired)] = ("410 link-expired", "409 task-is-over"),
        [typeof(Verdict.UsedUp)] = ("410 link-used-up", "409 task-is-over"),
        [typeof(Verdict.UnderReview)] = ("409 answer-under-review", "409 answer-under-review"),
        [typeof(Verdict.OtherRound)] = ("409 other-round", "409 other-round"),
        [typeof(Verdict.Claimed)] = ("409 task-claimed", "409 task-claimed"),
        [typeof(Verdict.NotTheirs)] = ("403 not-an-assignee", "403 not-an-assignee"),
        [typeof(Verdict.SamePerson)] = ("403 same-person", "403 same-person"),
        [typeof(Verdict.NotAllowed)] = ("422 assignee-not-allowed", "422 assignee-not-allowed"),
        [typeof(Verdict.RejectNotAllowed)] = ("409 reject-not-allowed", "409 reject-not-allowed"),
        [typeof(Verdict.InvalidInput)] = ("422 invalid-form-input", "422 invalid-form-input"),
        [typeof(Verdict.KeyReused)] = ("422 idempotency-key-reused", "422 idempotency-key-reused"),
        [typeof(Verdict.NoAssignee)] = ("422 assignee-not-allowed", "422 task-has-no-assignee"),
        [typeof(Verdict.NoAddress)] = ("422 assignee-not-allowed", "422 task-has-no-address"),
        [typeof(Verdict.TooManyReminders)] = ("429 too-many-requests", "429 too-many-requests"),
        [typeof(Verdict.TooManyComments)] = ("429 too-many-requests", "409 too-many-comments"),
    };

    [Fact]
    public void Every_case_is_tried_here()
    {
        var cases = typeof(Verdict).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Verdict.Refused)));

        Assert.Equal(cases.Select(type => type.Name).Order(), All.Select(refused => refused.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Every_case_has_the_status_and_slug_of_the_contract_by_link_and_by_API()
    {
        foreach (var refused in All)
        {
            var link = TaskRefusals.ByLink(refused);
            var api = TaskRefusals.ByApi(refused).Of(refused).ProblemDetails;
            var expected = Contract[refused.GetType()];

            Assert.Equal(expected.Link, $"{link.Status} {link.Slug}");
            Assert.Equal(refused.About is null ? "404 not-found" : expected.Api, $"{api.Status} {ApiProblem.SlugOf(api.Type)}");
            Assert.Equal(refused.About?.CorrelationId, api.Extensions.TryGetValue("correlationId", out var id) ? id : null);
            Assert.False(string.IsNullOrEmpty(api.Detail), refused.GetType().Name);
        }
    }

    [Fact]
    public void Every_case_has_its_words_on_pages_in_every_language()
    {
        foreach (var language in Languages.All)
        {
            foreach (var refused in All)
            {
                var link = TaskRefusals.ByLink(refused);
                var texts = new[] { "Why" + link.Text, "Do" + link.Text }.Concat(link.IsInContract ? [] : ["Title" + link.Text]);

                Assert.All(texts, name => Assert.False(string.IsNullOrEmpty(ReviewTexts.Resources.Get(language, name)), $"{language} {name}"));
            }
        }
    }

    [Fact]
    public void The_Studio_says_every_refusal_of_the_API_in_its_own_words()
    {
        foreach (var refused in All)
        {
            var problem = TaskRefusals.ByApi(refused).Of(refused).ProblemDetails;

            var said = TaskRefusals.InStudio(problem.Type, "the API's own words", refused.About);

            Assert.False(string.IsNullOrEmpty(said));
            Assert.NotEqual("the API's own words", said);
        }
    }

    [Fact]
    public void A_refusal_that_passes_says_when_to_try_again()
    {
        var after = All.ToDictionary(refused => refused, refused =>
        {
            var context = new DefaultHttpContext();
            TaskRefusals.SetRetryAfter(context, refused);
            return context.Response.Headers.RetryAfter.ToString();
        });

        Assert.Equal(
            [("NotReady", "10"), ("TooManyReminders", "720"), ("UnderReview", "10")],
            after.Where(one => one.Value.Length > 0).Select(one => (one.Key.GetType().Name, one.Value)).Order());
    }
}
