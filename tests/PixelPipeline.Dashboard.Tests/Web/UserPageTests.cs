using System.Net;
using System.Text.Json;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Tables;

namespace PixelPipeline.Dashboard.Tests.Web;

internal sealed class UserPageTests
{
    private static readonly DateTime Now = ScriptedAnswers.Now;

    [Test]
    public async Task User_WithEventsOfAllDays_HasThemInOrderOnce()
    {
        await using var events = await LocalEvents.StartAsync(LayoutName.Partitioned);
        const string User = "<b>o'brien";
        await events.AddAsync(Now.AddDays(-400), User, "view", "old", more: [("page", "https://shop.example/")]);
        await events.AddAsync(Now.AddMinutes(-40), User, "view", "again", more: [("agent_class", "tool")]);
        await events.AddAsync(Now.AddMinutes(-40), User, "view", "again", more: [("agent_class", "tool")]);
        await events.AddAsync(Now, User, "click", "new");
        await events.AddAsync(Now, "bob", "click", "bobs");
        var options = RunningDashboard.Options();
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);
        var id = Uri.EscapeDataString(User);

        var page = await dashboard.GetAsync($"user?id={id}&tz=Europe/Berlin");
        Assert.That(page, Does.Contain("<bdi>&lt;b&gt;o&#x27;brien</bdi>").And.Contain("<strong>3</strong>").And.Contain("2026-11-20 12:12:28").And.Contain("2025-10-16"));
        Assert.That(page, Does.Not.Contain("<b>o").And.Not.Contain("bobs"));
        using var json = JsonDocument.Parse(await dashboard.GetAsync($"user.json?id={id}"));
        Assert.That(json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("event_id").GetString()), Is.EqualTo(new[] { "new", "again", "old" }));
        Assert.That((await dashboard.GetAsync($"user.csv?id={id}")).TrimEnd().Split("\r\n"), Has.Length.EqualTo(4));
        var rows = await events.Client.ExecuteQueryAsync(json.RootElement.GetProperty("sql").GetString(), parameters: null);
        Assert.That(rows.Count(), Is.EqualTo(3));
    }

    [TestCase("user", HttpStatusCode.BadRequest, "names no user")]
    [TestCase("user?id=alice&tz=Mars", HttpStatusCode.BadRequest, "tz=Mars is no time zone")]
    [TestCase("user.csv?id=alice&x=y", HttpStatusCode.BadRequest, "a parameter that nothing here reads: x")]
    public async Task User_OfAnAddressThatSaysNothing_IsRefusedWithWords(string address, HttpStatusCode status, string words)
    {
        await using var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers());
        using var answer = await dashboard.Http.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(words));
    }
}
