using System.Globalization;

namespace PixelPipeline.Cli.Producing;

/// <summary>Events as a shop's mails and pages give them: some users often, most seldom; views more than clicks. The same seed gives the same events.</summary>
internal sealed class SyntheticEvents(int seed)
{
    private static readonly (string Type, int Weight)[] Types = [("view", 50), ("open", 30), ("click", 15), ("purchase", 4), ("unsubscribe", 1)];

    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    ];

    /// <summary>So many events, each with an id that the seed and its number make.</summary>
    /// <param name="count">How many.</param>
    /// <param name="users">Over how many users.</param>
    public IEnumerable<ProducedEvent> Take(int count, int users)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var user = (int)(users * Math.Pow(random.NextDouble(), 3)); // a few are seen much more often
            var fields = new Dictionary<string, string>
            {
                ["user_id"] = ObjectId(1, user),
                ["type"] = PickType(random),
                ["order_id"] = ObjectId(2, random.Next(users * 3)),
            };
            yield return new ProducedEvent(string.Create(CultureInfo.InvariantCulture, $"synthetic-{seed}-{i}"), fields, UserAgents[random.Next(UserAgents.Length)]);
        }
    }

    private static string PickType(Random random)
    {
        var pick = random.Next(Types.Sum(t => t.Weight));
        return Types.First(t => (pick -= t.Weight) < 0).Type;
    }

    /// <summary>24 hexadecimal digits, as many stores name their users and orders.</summary>
    private static string ObjectId(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"507f{kind:x4}bcf86cd7{number:x8}");
}
