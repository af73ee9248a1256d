using System.Text;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Tests.Forgetting;

public sealed class UserNamesTests
{
    [TestCase("user_id=ann&type=click", "ann")]
    [TestCase("type=click&amp;user_id=ann", "ann")]
    [TestCase("user_id=ann%40example.com", "ann@example.com")]
    [TestCase("user_id=a+b", "a b")]
    [TestCase("user_id=ann&user_id=bob", "ann")] // the row has the first
    [TestCase("user%5Fid=ann", "ann")]
    [TestCase("page=https%3A%2F%2Fshop.example.com%2F%3Fuser_id%3Dbob&user_id=ann", "ann")] // a mention of bob is no record of his
    [TestCase("page=https%3A%2F%2Fshop.example.com%2F%3Fuser_id%3Dbob&x=1", "bob")] // nobody else's, so it counts as his
    [TestCase("user_id=&x=user_id%3Dbob", "bob")]
    [TestCase("my_user_id=ann", "")]
    [TestCase("type=click", "")]
    public void InEntry_Hit_NamesWhoseItIs(string query, string expected) =>
        Assert.That(UserNames.InEntry(Some.Hit(query)), Is.EqualTo(Names(expected)));

    [TestCase("""{"user_id":"ann"}""", "ann")]
    [TestCase("""{"user_id":7}""", "7")]
    [TestCase("""{"user\u005fid":"a\u0026b"}""", "a&b")]
    [TestCase("""{"type":"buy"}""", "")]
    public void InEntry_CollectedEvent_NamesWhoseItIs(string json, string expected) =>
        Assert.That(UserNames.InEntry(Some.CollectedEvent(json)), Is.EqualTo(Names(expected)));

    [TestCase("GET /pixel.png?user_id=ann&type=x HTTP/1.1", "ann")]
    [TestCase("""{"insertId":"x","httpRequest":{"requestUrl":"https://t.example/pixel.png?user_id=ann\u0026type=x" cut off""", "ann")]
    [TestCase("""{"message":"{\"user_id\": \"ann\"}"}""", "ann")]
    [TestCase("https%253A%252F%252Ft.example%252F%253Fuser_id%253Dann", "ann")]
    [TestCase("user_id=ann user_id=bob user_id=ann", "ann,bob")]
    [TestCase("user_id", "")]
    [TestCase("", "")]
    public void InEntry_AnyText_NamesWhomItNames(string text, string expected) =>
        Assert.That(UserNames.InEntry(Encoding.UTF8.GetBytes(text)), Is.EqualTo(Names(expected)));

    [Test]
    public void InEntry_AnyBytes_GivesNamesAndNeverThrows()
    {
        var random = new Random(Some.Seed());
        var pieces = new[] { "user_id", "=", ":", "\"", "%", "\\u00", "\\x4", "&amp;", "{", "}", "ann", " ", "\0", "Ä", "\ud800" };
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.That(UserNames.InEntry(Encoding.UTF8.GetBytes(text)), Has.None.Empty, text);
        }
    }

    private static string[] Names(string expected) => expected.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
