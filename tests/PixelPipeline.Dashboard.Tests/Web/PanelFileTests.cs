using System.Net;
using System.Text.Json;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Web;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PanelFileTests
{
    private readonly ScriptedAnswers _answers = new();

    [Test]
    public async Task Csv_OfUsers_HasHeaderAndRows()
    {
        var (type, text) = await GetAsync("users.csv");
        Assert.That(type, Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(text, Is.EqualTo("user_id,events,views\r\nalice,3,2\r\n"));
    }

    [TestCase("=HYPERLINK(\"http://example.com\")", "\"'=HYPERLINK(\"\"http://example.com\"\")\"")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("a,b\nc", "\"a,b\nc\"")]
    public async Task Csv_HostileText_IsNoFormula(string user, string field)
    {
        _answers.Answer = ScriptedAnswers.Usual(user);
        Assert.That((await GetAsync("users.csv")).Text, Is.EqualTo($"user_id,events,views\r\n{field},3,2\r\n"));
    }

    [Test]
    public async Task Csv_OfTheSeries_HasARowForEachBarAndType()
    {
        var lines = (await GetAsync("series.csv")).Text.TrimEnd().Split("\r\n");
        Assert.That(lines, Has.Length.EqualTo(31));
        Assert.That((lines[0], lines[1], lines[30]), Is.EqualTo(("start,local,type,other,events", "2026-10-22T00:00:00.000000Z,2026-10-22T00:00,click,false,0", "2026-11-20T00:00:00.000000Z,2026-11-20T00:00,click,false,3")));
    }

    [Test]
    public async Task Json_OfNewest_HasWholeValuesByName()
    {
        var user = "<b>" + new string('x', 8_000);
        _answers.Answer = ScriptedAnswers.Usual(user);
        var (type, text) = await GetAsync("newest.json");
        Assert.That(type, Is.EqualTo("application/json"));
        using var json = JsonDocument.Parse(text);
        Assert.That(json.RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "panel", "read_at", "sql", "rows" }));
        var row = json.RootElement.GetProperty("rows")[0];
        Assert.That(row.GetProperty("user_id").GetString(), Is.EqualTo(user));
        Assert.That((row.GetProperty("amount").GetDouble(), row.GetProperty("event_id").GetString()), Is.EqualTo((2.5, "id1")));
        Assert.That(json.RootElement.GetProperty("rows")[1].GetProperty("amount").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Files_OfEveryPanel_AreThere()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers, host: new RecordingHost());
        foreach (var panel in Panel.All.Where(p => p.Name != "countries"))
        {
            Assert.That(await dashboard.GetAsync($"panels/{panel.Name}.csv"), Does.Contain(","));
            using var json = JsonDocument.Parse(await dashboard.GetAsync($"panels/{panel.Name}.json"));
            Assert.That(json.RootElement.GetProperty("rows").GetArrayLength(), Is.GreaterThan(0));
        }

        Assert.That(_answers.Readings, Is.EqualTo(1));
    }

    [Test]
    public async Task File_NothingReadYet_Is503WithTheReason()
    {
        _answers.Failure = new HttpRequestException("refused");
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        using var answer = await dashboard.Http.GetAsync("panels/users.csv");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("does not answer"));
    }

    private async Task<(string? Type, string Text)> GetAsync(string file)
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        using var answer = await dashboard.Http.GetAsync($"panels/{file}");
        return (answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync());
    }
}
