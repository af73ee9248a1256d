using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Panels;

/// <summary>Lists of days that are over and of open days, put together.</summary>
internal sealed class ListsQuestionTests
{
    private static readonly string[] Columns = ["list", "value", "events", "views"];

    [Test]
    public async Task Add_AListThatIsCut_AsksForThatListAlone()
    {
        // A thousand users with as many events each: whoever comes today may have had as many before.
        var users = Enumerable.Range(0, 1_000).Select(i => (object?[])["users", $"user{i:0000}", 5L, 1L]);
        var over = new Answer(Columns, [.. users, ["pages", "/", 9L, 9L], ["pages", null, 1L, 0L]]);
        var open = new Answer(Columns, [["users", "other", 1L, 1L], ["pages", "/", 2L, 1L], ["pages", "/new", 3L, 3L]]);
        var asked = new List<Question>();

        var sum = await new ListsQuestion().AddAsync(over, open, ScriptedAnswers.Asking(), question =>
        {
            asked.Add(question);
            return Task.FromResult(new Answer(Columns, [["users", "asked", 7L, 7L]]));
        });

        Assert.That(asked.Single().Sql, Does.Contain("'users' AS k0").And.Not.Contains("'pages'"));
        Assert.That(sum.Rows, Is.EqualTo(new object?[][] { ["pages", "/", 11L, 10L], ["pages", "/new", 3L, 3L], ["pages", null, 1L, 0L], ["users", "asked", 7L, 7L] }));
    }
}
