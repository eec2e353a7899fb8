const { call, lockOf } = require("./control.js");
if (lockOf()) call("unlock?name=" + lockOf());
