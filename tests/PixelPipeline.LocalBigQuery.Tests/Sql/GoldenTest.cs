namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>Queries over <see cref="SampleEvents"/> whose results were worked out by hand.</summary>
internal abstract class GoldenTest
{
    private SqlFixture _fixture = null!;

    [OneTimeSetUp]
    public void CreateTables() => _fixture = SampleEvents.Create();

    [OneTimeTearDown]
    public void RemoveTables() => _fixture.Dispose();

    protected string Query(string sql) => _fixture.Query(sql);
}
