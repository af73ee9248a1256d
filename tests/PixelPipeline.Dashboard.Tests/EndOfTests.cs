using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests;

/// <summary>Ends what all tests share.</summary>
[SetUpFixture]
internal sealed class EndOfTests
{
    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await SharedBrowsers.EndAsync();
        await SharedTraffic.EndAsync();
    }
}
