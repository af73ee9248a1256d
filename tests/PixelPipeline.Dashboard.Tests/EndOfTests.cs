using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests;

/// <summary>Ends what all tests share.</summary>
[SetUpFixture]
internal sealed class EndOfTests
{
    [OneTimeTearDown]
    public Task EndAsync() => SharedTraffic.EndAsync();
}
