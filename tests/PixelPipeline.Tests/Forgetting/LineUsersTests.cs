using System.Text;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Tests.Forgetting;

public sealed class LineUsersTests
{
    [TestCase("/pixel.png?user_id=ann&type=x", "-", "ann")]
    [TestCase("/account?user_id=ann", "-", "ann")] // any request that names the user is the user's
    [TestCase("/pixel.png?user_id=ann", "https://shop.example.com/?user_id=bob", "ann")]
    [TestCase("/style.css", "https://shop.example.com/?user_id=bob", "bob")]
    [TestCase("/style.css", "-", "")]
    public void Of_LineOfAServer_NamesWhoseRequestItIs(string url, string referer, string expected)
    {
        var line = Encoding.UTF8.GetBytes($"203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] \"GET {url} HTTP/1.1\" 200 43 \"{referer}\" \"Mozilla/5.0\"");
        Assert.That(new LineUsers(line).Of(line), Is.EqualTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Of_LinesBehindAHeader_AreReadByIt()
    {
        string[] lines = ["#Version: 1.0", "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status", "2026-11-20 11:12:28 203.0.113.7 GET /pixel.png user_id=ann&type=x 200"];
        var users = new LineUsers(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        Assert.That(lines.Select(l => string.Join(',', users.Of(Encoding.UTF8.GetBytes(l + "\r")))), Is.EqualTo(new[] { "", "", "ann" }));
    }

    [Test]
    public void Of_LogEntries_AreReadAsEntries()
    {
        var entry = Some.Hit("user_id=ann&page=https%3A%2F%2Fx.example%2F%3Fuser_id%3Dbob");
        Assert.That(new LineUsers(entry).Of(entry), Is.EqualTo(new[] { "ann" }));
    }
}
