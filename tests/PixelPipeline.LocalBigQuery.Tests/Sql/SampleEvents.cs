namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>
/// The data set of the golden queries: five events of alice on two days (one of them delivered twice), two of bob, one of
/// Bob, and a table of odd values. Small enough to work every result out by hand.
/// </summary>
internal static class SampleEvents
{
    private const string Schema = "event_id STRING REQUIRED, event_time TIMESTAMP REQUIRED, user_id STRING REQUIRED, type STRING, order_id STRING, user_agent STRING, referer STRING";

    // 2026-11-20 00:00 UTC is 1795132800 seconds after 1970.
    private const long Day = 1_795_132_800_000_000;
    private const long Hour = 3_600_000_000;

    public static SqlFixture Create()
    {
        var fixture = new SqlFixture();
        fixture.Table("pixel", Schema);
        fixture.Table("pixel_alice_20261120", Schema,
            Event("a1", Day + Hour, "alice", "'open'", "NULL"),
            Event("a2", Day + (2 * Hour), "alice", "'click'", "'o1'"),
            Event("a2", Day + (2 * Hour), "alice", "'click'", "'o1'"));
        fixture.Table("pixel_alice_20261121", Schema,
            Event("a3", Day + (24 * Hour), "alice", "'open'", "NULL"),
            Event("a4", Day + (24 * Hour) - 1, "alice", "NULL", "'o2'"));
        fixture.Table("pixel_bob_20261121", Schema,
            Event("b1", Day + (30 * Hour), "bob", "'Open'", "NULL"),
            Event("b2", Day + (31 * Hour), "bob", "'click'", "'o3'"));
        fixture.Table("pixel_Bob_20261121", Schema, Event("B1", Day + (32 * Hour), "Bob", "'open'", "NULL"));
        fixture.View("pixel_view", "SELECT 1 AS x");
        fixture.Table("odd", "i INTEGER, f FLOAT, n NUMERIC, b BOOLEAN, s STRING, d DATE, t TIMESTAMP, y BYTES",
            """[9223372036854775807,1.5,"12.5",true,"a%b_c","2026-02-28",0,"AAE="]""",
            """[-7,"NaN","9",false,"é😀\u0000z","1969-12-31",-1,""]""",
            """[2,"-Infinity","-100.000000001",null,"",null,null]""",
            "[null]");
        return fixture;
    }

    private static string Event(string id, long time, string user, string type, string order) =>
        $"[\"{id}\",{time},\"{user}\",{Json(type)},{Json(order)},\"agent\"]";

    private static string Json(string value) => value == "NULL" ? "null" : value.Replace('\'', '"');
}
