namespace PixelPipeline.Local.Tests.BigQuery.Sql;

internal sealed class ScratchTests
{
    [Test]
    public void Scratch()
    {
        using var f = SampleEvents.Create();
        foreach (var line in File.ReadAllLines("/tmp/sqlprobe/q.txt"))
        {
            if (line.Trim().Length == 0) continue;
            string r;
            try { r = f.Query(line); } catch (PixelPipeline.Local.BigQuery.Sql.GoogleSqlException e) { r = "ERR " + e.Message; } catch (Exception e) { r = "!!! " + e; }
            TestContext.Out.WriteLine(line + "\n   => " + r.Replace("\n", " ; "));
        }
    }
}
