namespace PixelPipeline.Soak.Oracle;

/// <summary>One event of a run, made from the seed and its index alone, so that none needs to be kept.</summary>
/// <param name="Index">Its number in the run; stands in the entry as <see cref="Marker"/>.</param>
/// <param name="Kind">Decides its outcome.</param>
/// <param name="User">Whose event it is.</param>
/// <param name="Time">When, UTC, in microseconds.</param>
/// <param name="Nanoseconds">What the entry's timestamp has beyond microseconds, 0 to 999.</param>
/// <param name="InsertId">The entry's insertId; null if it has none.</param>
/// <param name="Type">The attribute <c>type</c>.</param>
internal sealed record SoakEvent(int Index, EventKind Kind, SoakUser User, DateTime Time, int Nanoseconds, string? InsertId, string Type)
{
    private static readonly DateTime FirstDay = new(2026, 11, 17, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Types = ["open", "click", "view", "<script>alert(1)</script>", "a+b&c=d", "größe 50%", "'; --"];

    // Hits make up what these leave over, in ten thousandths.
    private static readonly (EventKind Kind, int Share)[] Shares =
    [
        (EventKind.EncodedHit, 1_000), (EventKind.CollectedEvent, 300), (EventKind.SharedInsertId, 200), (EventKind.NoInsertId, 100),
        (EventKind.ParentInsertId, 100), (EventKind.CdnUserAgent, 100), (EventKind.OtherMethod, 100), (EventKind.OtherPath, 100),
        (EventKind.NoAttributes, 100), (EventKind.NotARequest, 50),
        (EventKind.NoJson, 50), (EventKind.NoTimestamp, 50), (EventKind.UnreadableUrl, 50), (EventKind.MissingUser, 100),
        (EventKind.EmptyUser, 50), (EventKind.BadAmount, 100), (EventKind.LongValue, 10), (EventKind.RefusedByBigQuery, 50),
    ];

    /// <summary>Stands exactly once in the entry, and as <c>order_id</c> in the row.</summary>
    public string Marker => $"ix.{Index}.";

    /// <summary>The event of an index.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The event's number.</param>
    /// <param name="isPlain">Whether all events are hits of one user on one day.</param>
    public static SoakEvent Create(int seed, int index, bool isPlain)
    {
        var dice = new Dice(seed, Decisions.Event, index);
        var kind = isPlain ? EventKind.Hit : PickKind(ref dice);
        var user = isPlain ? new SoakUser("507f1f77bcf86cd799439011", "507f1f77bcf86cd799439011") : SoakUser.Pick(ref dice);
        var time = FirstDay.AddDays(isPlain ? 0 : dice.Next(3)).AddMilliseconds(index).AddMicroseconds(dice.Next(1_000));
        var insertId = kind switch
        {
            EventKind.SharedInsertId => "shared", // told apart by their timestamps
            EventKind.NoInsertId => null,
            _ => $"{(uint)seed:x}-{index}",
        };
        return new SoakEvent(index, kind, user, time, dice.Next(1_000), insertId, Types[dice.Next(Types.Length)]);
    }

    private static EventKind PickKind(ref Dice dice)
    {
        var roll = dice.Next(10_000);
        foreach (var (kind, share) in Shares)
        {
            if ((roll -= share) < 0)
            {
                return kind;
            }
        }

        return EventKind.Hit;
    }
}
